package org.spectralsignatures.audit;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.Session;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.RunnableNetwork;
import org.spectralsignatures.network.TrainingFacts;

/**
 * A network for tests that goes by a rule.
 *
 * @param shape of the images
 * @param classes that it tells apart
 * @param training what is known of it, may be null
 * @param rule gives the class of an image
 */
record RuleNetwork(ImageShape shape, List<String> classes, TrainingFacts training, ToIntFunction<byte[]> rule) implements RunnableNetwork, Session {

    @Override
    public NetworkDescription description() {
        final var layer = new LayerInfo(LayerInfo.INPUT, shape.channels(), shape.height(), shape.width());
        return new NetworkDescription(shape, classes, List.of(layer), LayerInfo.INPUT, Map.of(), training);
    }

    @Override
    public Session session() {
        return this;
    }

    @Override
    public Batch batch(final int capacity) {
        return new Answers(new int[capacity], rule);
    }

    @Override
    public void activations(final String step, final Batch images, final int count, final Consumer<FloatBuffer> reader) {
        throw new UnsupportedOperationException("It has no layers.");
    }

    @Override
    public void probabilities(final Batch images, final int count, final float[] target, final int offset) {
        for (int i = 0; i < count; i++) {
            target[offset + i * classes.size() + ((Answers)images).values[i]] = 1;
        }
    }

    @Override
    public void close() {
        // there is nothing to free
    }

    private record Answers(int[] values, ToIntFunction<byte[]> rule) implements Batch { // NOSONAR never compared

        @Override
        public int capacity() {
            return values.length;
        }

        @Override
        public void image(final int position, final byte[] pixels) {
            values[position] = rule.applyAsInt(pixels);
        }

        @Override
        public void label(final int position, final int label) {
            throw new UnsupportedOperationException("It is not trained.");
        }

        @Override
        public void close() {
            // there is nothing to free
        }
    }
}
