package org.spectralsignatures.reader;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/** One way of storing labelled images. The order of the images is fixed. Messages of its exceptions name the file. */
interface ImageSource {

    /** Label of an image whose class is unknown. */
    int UNKNOWN = -1;

    /** Decodes an image when asked to, on any thread. */
    interface Decoder {

        /** @param limit of the pixels that it may have */
        DecodedImage decode(PixelLimit limit) throws IOException;

        /** @return how the pixels were stored, as {@link org.spectralsignatures.image.ImageMode} says it, once decoded; null where that is not known */
        default String mode() {
            return null;
        }

        /** @return a decoder of pixels that are all stored in one way */
        static Decoder of(final String mode, final Decoder decoder) {
            return new Decoder() {
                @Override
                public DecodedImage decode(final PixelLimit limit) throws IOException {
                    return decoder.decode(limit);
                }

                @Override
                public String mode() {
                    return mode;
                }
            };
        }
    }

    /** Receives the images. */
    interface Visitor {
        void visit(int index, String key, Decoder decoder) throws IOException, TaskCancelledException;
    }

    /** @return all classes of the set, in its order */
    List<String> classes() throws IOException;

    /** @return the index of each image's class in {@link #classes()}, or {@link #UNKNOWN}, {@code [n]} */
    int[] labels() throws IOException;

    /**
     * Looks at one image, without a walk through the set.
     *
     * @param wanted which classes may be looked at, by index
     * @return the shape of the first image
     * @throws IOException if it cannot be read
     */
    ImageShape firstShape(IntPredicate wanted) throws IOException;

    /** Visits the wanted images in ascending order. */
    void read(BitSet wanted, Visitor visitor) throws IOException, TaskCancelledException;

    /** @return files beside the images that were passed over */
    default List<FolderScan.PassedOver> passedOver() {
        return List.of();
    }

    /** @return path of an image that was not visited, for the report */
    default String key(final int index) {
        return "image " + (index + 1);
    }

    /** @return what is wrong with an image whose label is {@link #UNKNOWN}, as a sentence */
    default String unknownLabel(final int index) {
        return "Its label is none of the set's.";
    }

    /**
     * Looks at what has to be known before images are decoded, however long it takes.
     *
     * @param monitor asked now and while images are read
     */
    default void prepare(final TaskMonitor monitor) throws IOException, TaskCancelledException {
        // most sources need not
    }

    /** @return how files were understood of which that is not plain, for the report; complete after the images were read */
    default List<ReportLine> remarks() throws IOException {
        return List.of();
    }

    /** @return the part of the set that an image is in, in the words of {@link SplitFolders#part}; empty where the set has no parts */
    default String part(final int index) {
        return "";
    }

    /** @return what is odd about the set but no error, as sentences; complete after the labels were asked for */
    List<String> notes();
}
