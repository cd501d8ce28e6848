package org.spectralsignatures.spark.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.network.RunnableNetwork;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.NpyMatrix;

/** The vectors of the images of one part of a table, a batch at a time, by the library's codecs and extractor; a broken image becomes a row that says why. */
final class Extraction implements Iterator<Row> {

    /** The columns; of vector and fault one is null. */
    static final StructType SCHEMA = new StructType().add("id", DataTypes.StringType).add("label", DataTypes.StringType)
        .add("vector", DataTypes.createArrayType(DataTypes.FloatType, false)).add("fault", DataTypes.StringType).add("failed", DataTypes.BooleanType, false);

    private final Iterator<EncodedImage> images;

    private final RunnableNetwork network;

    private final NetworkUse use;

    private final FittingImages fitting;

    private final int batch;

    private final Deque<Row> ready = new ArrayDeque<>();

    /**
     * @param images of the part
     * @param network to be asked
     * @param use what it is asked
     * @param way how images of other sizes are brought to the network's; null if they are faults
     * @param batch images at a time
     */
    Extraction(final Iterator<EncodedImage> images, final RunnableNetwork network, final NetworkUse use, final ImageFit.Way way, final int batch) {
        this.images = images;
        this.network = network;
        this.use = use;
        this.batch = batch;
        fitting = new FittingImages(network.description().shape(), way);
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && images.hasNext()) {
            work();
        }
        return !ready.isEmpty();
    }

    @Override
    public Row next() {
        hasNext();
        return ready.remove();
    }

    private void work() {
        final List<EncodedImage> good = new ArrayList<>();
        final List<DecodedImage> decoded = new ArrayList<>();
        while (good.size() < batch && images.hasNext()) {
            final EncodedImage image = images.next();
            try {
                decoded.add(fitting.decode(image));
                good.add(image);
            } catch (UnusableImageException e) {
                ready.add(RowFactory.create(image.id(), image.label(), null, e.getMessage(), true));
            }
        }
        if (!good.isEmpty()) {
            final float[][] vectors = vectors(decoded);
            for (int i = 0; i < vectors.length; i++) {
                ready.add(RowFactory.create(good.get(i).id(), good.get(i).label(), vectors[i], null, false));
            }
        }
    }

    private float[][] vectors(final List<DecodedImage> decoded) {
        try {
            final Path folder = Files.createTempDirectory("spectralsignatures-spark-");
            try (var builder = ImageDataset.builder(decoded.get(0).shape(), List.of(""))) {
                for (int i = 0; i < decoded.size(); i++) {
                    builder.add(Integer.toString(i), "", decoded.get(i).pixels());
                }
                try (ImageDataset set = builder.build()) {
                    return vectors(set, folder.resolve("vectors.npy"));
                }
            } finally {
                Files.deleteIfExists(folder.resolve("vectors.npy"));
                Files.deleteIfExists(folder);
            }
        } catch (IOException | TaskCancelledException e) {
            throw new IllegalStateException("Vectors cannot be extracted: " + e.getMessage(), e);
        }
    }

    private float[][] vectors(final ImageDataset set, final Path file) throws IOException, TaskCancelledException {
        synchronized (network) {
            ActivationExtractor.extract(network, set, use.layer(), use.pooling(), batch, file, new EndOfTask());
        }
        try (var matrix = NpyMatrix.open(file)) {
            final var vectors = new float[set.size()][matrix.columns()];
            for (int i = 0; i < vectors.length; i++) {
                matrix.readRow(i, vectors[i]);
            }
            return vectors;
        }
    }
}
