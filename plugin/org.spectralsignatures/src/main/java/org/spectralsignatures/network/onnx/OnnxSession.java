package org.spectralsignatures.network.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.Device;
import org.spectralsignatures.engine.Session;
import org.spectralsignatures.engine.TensorModel;
import org.spectralsignatures.engine.TensorRuntime;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;

/**
 * A network in the ONNX format in a {@link TensorRuntime}. For each layer the part of the graph before it is opened as a model of its own, one
 * at a time, so that nothing behind the layer is computed or kept.
 */
final class OnnxSession implements Session {

    /** Pixels that are computed at a time: 250 images of 32 x 32, 5 of 224 x 224. */
    private static final int MOST_PIXELS = 1 << 18;

    /** Multiplications that are computed at a time, a few tenths of a second: 5 images of 224 x 224 in ResNet-18. */
    private static final double MOST_MULTIPLICATIONS = 1e10;

    /** Sides of a tensor of images, channels, height and width. */
    private static final int PLANES = 4;

    private final Path file;

    private final OnnxModel model;

    private final NetworkDescription description;

    private final OnnxReading reading;

    private final TensorRuntime runtime;

    private final Device wish;

    private final Map<String, Layout> layouts;

    /** Of tensors that were computed whether they hold their values channel by channel; sequences never do. */
    private final Map<String, Boolean> inPlanes = new HashMap<>();

    /** Images that are computed at a time, so that a call ends soon. */
    private final int most;

    private BooleanSupplier cancelled = () -> false;

    private TensorModel open;

    private String opened;

    OnnxSession(final Path file, final OnnxModel model, final NetworkDescription description, final OnnxReading reading, final TensorRuntime runtime, // NOSONAR
        final Device wish) {
        this.file = file;
        this.model = model;
        this.description = description;
        this.reading = reading;
        this.runtime = runtime;
        this.wish = wish;
        layouts = new OnnxGraph(model).layouts(reading.layout());
        most = (int)Math.max(1, Math.min((double)MOST_PIXELS / description.shape().planeSize(), MOST_MULTIPLICATIONS / OnnxCost.multiplications(model, description)));
    }

    @Override
    public int fitting(final int images) {
        final int count = Math.min(images, most);
        return reading.batch() <= 1 || images < reading.batch() ? count : Math.max(1, count / reading.batch()) * reading.batch();
    }

    @Override
    public void stoppedBy(final BooleanSupplier asked) {
        cancelled = asked;
    }

    /** A batch has room for whole batches of the network. */
    @Override
    public Batch batch(final int capacity) {
        final int unit = Math.max(1, reading.batch());
        return new OnnxImages((capacity + unit - 1) / unit * unit, description.shape(), description.preparation(), reading);
    }

    @Override
    public void activations(final String step, final Batch images, final int count, final Consumer<FloatBuffer> reader) {
        final LayerInfo layer = description.layer(step);
        final String tensor = OnnxNetwork.tensor(layer.name());
        final int size = Math.multiplyExact(Math.multiplyExact(layer.channels(), layer.height()), layer.width());
        final FloatBuffer all = ByteBuffer.allocateDirect(Math.multiplyExact(Math.multiplyExact(count, size), Float.BYTES)).order(ByteOrder.nativeOrder())
            .asFloatBuffer();
        compute(tensor, (OnnxImages)images, count, size, (first, taken, shape, values) -> {
            final boolean planes = shape.length == PLANES && layouts.get(tensor) == Layout.NCHW && layer.height() * layer.width() > 1;
            inPlanes.put(tensor, planes);
            for (int i = 0; i < taken; i++) {
                if (planes) {
                    toPixels(values, i * size, all, (first + i) * size, layer);
                } else {
                    all.put((first + i) * size, values, i * size, size);
                }
            }
        });
        reader.accept(all);
    }

    boolean isInPlanes(final String tensor) {
        final Boolean known = inPlanes.get(tensor);
        if (known == null) {
            throw new IllegalStateException("'%s' was not computed before.".formatted(tensor));
        }
        return known;
    }

    private static void toPixels(final FloatBuffer planes, final int from, final FloatBuffer pixels, final int to, final LayerInfo layer) {
        final int channels = layer.channels();
        final int size = layer.height() * layer.width();
        final var image = new float[channels * size];
        final var arranged = new float[image.length];
        planes.get(from, image);
        for (int c = 0; c < channels; c++) {
            for (int k = 0; k < size; k++) {
                arranged[k * channels + c] = image[c * size + k];
            }
        }
        pixels.put(to, arranged);
    }

    @Override
    public void probabilities(final Batch images, final int count, final float[] target, final int offset) {
        final int classes = description.classes().size();
        compute(reading.output(), (OnnxImages)images, count, classes, (first, taken, shape, values) -> {
            final int from = offset + first * classes;
            values.get(0, target, from, taken * classes);
            for (int i = 0; i < taken; i++) {
                finish(target, from + i * classes, classes);
            }
        });
    }

    private void finish(final float[] values, final int from, final int classes) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            if (!Float.isFinite(values[from + c])) {
                throw new IllegalStateException(("The network gives %s for the class '%s' of an image: its values overflow, or the preparation of the images is not"
                    + " that of its training.").formatted(values[from + c], description.classes().get(c)));
            }
            largest = Math.max(largest, values[from + c]);
        }
        if (reading.probabilities()) {
            return;
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += Math.exp(values[from + c] - largest);
        }
        for (int c = 0; c < classes; c++) {
            values[from + c] = (float)(Math.exp(values[from + c] - largest) / sum);
        }
    }

    /** Gets the values of some images. */
    private interface Part {
        void take(int first, int count, long[] shape, FloatBuffer values);
    }

    private void compute(final String tensor, final OnnxImages images, final int count, final int size, final Part part) {
        final TensorModel opening = model(tensor);
        final int unit = reading.batch() == 0 ? count : reading.batch();
        for (int next = 0; next < count; next += unit) {
            final int first = next;
            final int taken = Math.min(unit, count - first);
            images.repeat(first + taken - 1, first + taken, first + unit);
            StoppableRun.of(opening, cancelled, () -> opening.run(images.from(first, unit), images.sides(unit), (name, shape, values) -> {
                if (values.remaining() != (long)unit * size) {
                    throw new IllegalStateException("The network gives %d values for '%s' and %d images of %s, not %d as it said when it was read. Read it again."
                        .formatted(values.remaining(), OnnxText.shown(tensor), unit, description.shape().describe(), (long)unit * size));
                }
                part.take(first, taken, shape, values);
            }));
        }
    }

    private TensorModel model(final String tensor) {
        if (!tensor.equals(opened)) {
            close();
            try {
                open = runtime.open(OnnxExtract.of(file, model, List.of(tensor)), wish);
                opened = tensor;
            } catch (IOException e) {
                throw new IllegalStateException("'%s' cannot be run up to '%s': %s.".formatted(file.getFileName(), OnnxText.shown(tensor),
                    OnnxNetwork.sentence(e)), e);
            }
        }
        return open;
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
            open = null;
            opened = null;
        }
    }
}
