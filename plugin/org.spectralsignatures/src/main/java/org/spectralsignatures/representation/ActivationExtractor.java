package org.spectralsignatures.representation;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.image.ImageChannels;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.RemainingTime;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.RunnableNetwork;

/**
 * Computes the representation R(x) of images, batch by batch, straight into a file: the activations of one layer, or the image
 * itself, its values divided by 255 (the input level of the paper's Figure 1).
 */
public final class ActivationExtractor {

    private ActivationExtractor() {
    }

    /**
     * Runs the network up to the layer and writes one row an image.
     *
     * @param network a network that was trained
     * @param images of the size that it takes, n of them; gray and RGB images are turned into what it takes, see {@link ImageChannels}
     * @param layer name of a layer; empty for the network's default
     * @param pooling how the activations become a vector of d values
     * @param batchSize most images at a time, at least 1; fewer if the network's {@link org.spectralsignatures.engine.Session#fitting} says so
     * @param file to be created: float32 {@code [n, d]}; deleted again if the extraction does not complete
     * @param monitor progress and cancellation
     * @return the layer that was used
     * @throws IOException if the file cannot be written
     * @throws TaskCancelledException if the monitor said so
     * @throws java.util.NoSuchElementException if there is no such layer
     * @throws IllegalArgumentException if the images have another size than the network takes, or the batch size is none
     */
    public static LayerInfo extract(final RunnableNetwork network, final ImageDataset images, final String layer, final Pooling pooling,
        final int batchSize, final Path file, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final LayerInfo info = network.description().layer(layer);
        ImageChannels.require(images.shape(), network.description().shape());
        final int most = network.session().fitting(Batch.size(batchSize));
        network.session().stoppedBy(monitor::isCancelled);
        boolean complete = false;
        try (var matrix = NpyMatrix.create(file, images.size(), pooling.dimensions(info), monitor);
                var batch = network.session().batch(Math.max(1, Math.min(most, images.size())))) {
            final var time = RemainingTime.start();
            for (int next = 0; next < images.size(); next += most) {
                final int first = next;
                monitor.checkCancelled();
                final int count = Math.min(most, images.size() - first);
                if (info.isInput()) {
                    writePixels(images, network.description().shape(), pooling, matrix, first, count);
                } else {
                    fill(batch, images, network.description().shape(), first, count);
                    network.session().activations(info.name(), batch, count, values -> write(values, info, pooling, matrix, first, count));
                }
                final double fraction = (double)(first + count) / images.size();
                monitor.progress(fraction, "Layer %s of %d of %d images%s".formatted(info.name(), first + count, images.size(),
                    time.text(fraction, images.size())));
            }
            complete = true;
        } catch (IllegalStateException e) {
            monitor.checkCancelled();
            throw e;
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
        return info;
    }

    private static void fill(final Batch batch, final ImageDataset images, final ImageShape taken, final int first, final int count) {
        final var pixels = new byte[images.shape().size()];
        for (int i = 0; i < count; i++) {
            images.copyPixels(first + i, pixels, 0);
            batch.image(i, ImageChannels.convert(pixels, images.shape(), taken));
        }
    }

    private static void write(final FloatBuffer values, final LayerInfo info, final Pooling pooling, final NpyMatrix matrix, final long first,
        final int count) {
        final int size = info.height() * info.width();
        IntStream.range(0, count).parallel().forEach(i -> {
            final var image = new float[info.channels() * size];
            final var row = new float[matrix.columns()];
            values.get(i * image.length, image);
            if (pooling == Pooling.FLATTEN) {
                planes(image, row, info.channels(), size);
            } else {
                means(image, row, size);
            }
            matrix.writeRow(first + i, row, 0);
        });
    }

    private static void writePixels(final ImageDataset images, final ImageShape taken, final Pooling pooling, final NpyMatrix matrix,
        final int first, final int count) {
        final var pixels = new byte[images.shape().size()];
        final var row = new float[matrix.columns()];
        final int share = pooling == Pooling.FLATTEN ? 1 : taken.planeSize();
        for (int i = first; i < first + count; i++) {
            images.copyPixels(i, pixels, 0);
            final byte[] bytes = ImageChannels.convert(pixels, images.shape(), taken);
            for (int k = 0; k < row.length; k++) {
                long sum = 0;
                for (int j = k * share; j < (k + 1) * share; j++) {
                    sum += Byte.toUnsignedInt(bytes[j]);
                }
                row[k] = (float)(sum / 255. / share);
            }
            matrix.writeRow(i, row, 0);
        }
    }

    /** From {@code [h, w, c]} to {@code [c, h, w]}. */
    private static void planes(final float[] image, final float[] row, final int channels, final int size) {
        for (int c = 0; c < channels; c++) {
            for (int k = 0; k < size; k++) {
                row[c * size + k] = image[k * channels + c];
            }
        }
    }

    private static void means(final float[] image, final float[] row, final int size) {
        for (int c = 0; c < row.length; c++) {
            double sum = 0;
            for (int k = c; k < image.length; k += row.length) {
                sum += image[k];
            }
            row[c] = (float)(sum / size);
        }
    }
}
