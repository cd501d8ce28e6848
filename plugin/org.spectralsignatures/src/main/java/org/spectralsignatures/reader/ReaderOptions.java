package org.spectralsignatures.reader;

import java.nio.file.Path;
import java.util.List;

import org.spectralsignatures.image.ImageFit;

/**
 * What to read.
 *
 * @param path a folder or file
 * @param format how the images are stored
 * @param split which part
 * @param classes to keep, in whatever form of Unicode; empty for all
 * @param imagesPerClass at most so many of each class, drawn at random; 0 for all
 * @param merges classes that become one, after those to keep were chosen and before images are drawn
 * @param seed of the draw
 * @param skipUnreadable whether images that cannot be read or have another size are left out and reported, not an error
 * @param level which of the folders above an image is its class, where classes are folders
 * @param fit to the size of all images; null for images that have one size already
 * @param labels where labels stand that no folder tells
 * @param arrays what NumPy's arrays hold
 */
public record ReaderOptions(Path path, ImageSetFormat format, Split split, List<String> classes, int imagesPerClass,
    List<ClassMerge> merges, long seed, boolean skipUnreadable, ClassLevel level, ImageFit fit, LabelOptions labels, ArrayOptions arrays) {

    /**
     * Reads classes from the first folder below the set's, and images as they are; the other values are those of the record.
     *
     * @param path a folder or file
     * @param format how the images are stored
     * @param split which part
     * @param classes to keep; empty for all
     * @param imagesPerClass at most so many of each class; 0 for all
     * @param merges classes that become one
     * @param seed of the draw
     * @param skipUnreadable whether images that cannot be read are left out
     */
    public ReaderOptions(final Path path, final ImageSetFormat format, final Split split, final List<String> classes, final int imagesPerClass,
        final List<ClassMerge> merges, final long seed, final boolean skipUnreadable) {
        this(path, format, split, classes, imagesPerClass, merges, seed, skipUnreadable, ClassLevel.FIRST, null, LabelOptions.NONE);
    }

    /** As the record, for sets that do not lie in arrays. */
    public ReaderOptions(final Path path, final ImageSetFormat format, final Split split, final List<String> classes, final int imagesPerClass,
        final List<ClassMerge> merges, final long seed, final boolean skipUnreadable, final ClassLevel level, final ImageFit fit, final LabelOptions labels) {
        this(path, format, split, classes, imagesPerClass, merges, seed, skipUnreadable, level, fit, labels, ArrayOptions.NONE);
    }

    /** @throws IllegalArgumentException if the number of images is negative */
    public ReaderOptions {
        classes = classes.stream().map(FolderScan::composed).toList();
        merges = merges.stream().map(merge -> new ClassMerge(merge.name(), merge.members().stream().map(FolderScan::composed).toList())).toList();
        if (imagesPerClass < 0) {
            throw new IllegalArgumentException("The number of images per class must be 0 (all) or more, not %d.".formatted(imagesPerClass));
        }
    }
}
