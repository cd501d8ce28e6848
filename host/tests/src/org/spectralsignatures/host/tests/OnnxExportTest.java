package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.ResNet18Options;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.RunnableNetwork;
import org.spectralsignatures.network.Stem;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.TrainingRecord;
import org.spectralsignatures.network.VggOptions;
import org.spectralsignatures.network.onnx.OnnxExport;
import org.spectralsignatures.network.onnx.OnnxInspection;
import org.spectralsignatures.network.onnx.OnnxNetwork;
import org.spectralsignatures.network.onnx.OnnxOptions;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Parameter;
import org.spectralsignatures.network.plan.Step;

/** Our networks as ONNX files: ONNX Runtime computes of bytes what the engine computes of them. */
class OnnxExportTest {

    private static final int IMAGES = 3;

    private static final float CLOSE = 1e-4f;

    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    @TempDir
    Path folder;

    /** All kinds of steps, rectifiers with and without a leak, and units that halve, widen, do both or neither. */
    private static List<NetworkPlan> plans() {
        final var norm = new Normalisation(.9, 1e-3, .1);
        return List.of(new ResNetOptions(SHAPE, 4, 1, 4, 0, 1).plan(), new VggOptions(SHAPE, 3, 11, 4, 0, 1).plan(),
            new ResNet18Options(new ImageShape(3, 33, 26), 3, 4, Stem.LARGE, 0, 1).plan(),
            new NetworkPlan(new ImageShape(3, 20, 16), List.of(new Step.Convolution("stem", 4, Step.Start.FAN_OUT), new Step.ResidualUnit("wide", 6, 1, true, norm),
                new Step.ResidualUnit("same", 6, 1, false, norm), new Step.ResidualUnit("small", 6, 2, false, norm), new Step.ResidualUnit("both", 10, 2, true, norm),
                new Step.NormActivation("activation", new Normalisation(.8, 1e-5, 0)), new Step.MaxPooling("pool"), new Step.GlobalAveragePooling("average"),
                new Step.Softmax("softmax", 5))));
    }

    private static TrainedNetwork network(final NetworkPlan plan) {
        final var random = new Random(5);
        final var values = ByteBuffer.allocateDirect((int)plan.size() * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
        for (Parameter parameter : plan.parameters()) {
            final boolean positive = parameter.kind() == Parameter.Kind.VARIANCE || parameter.kind() == Parameter.Kind.SCALE;
            for (int i = 0; i < parameter.size(); i++) {
                values.put((float)(positive ? .5 + random.nextDouble() : .2 * random.nextGaussian()));
            }
        }
        final var layers = LayerInfo.of(plan);
        final var classes = IntStream.range(0, plan.classes()).mapToObj(c -> "class, " + c).toList();
        final var description = new NetworkDescription(plan.input(), classes, layers, layers.get(2).name(), Map.of("seed", "5"));
        return new TrainedNetwork(description, plan, new TrainingRecord(1, 0, 0, "CONSTANT", 0, 1, 0), Engines.get().open(plan, values.rewind()));
    }

    private static Batch batch(final RunnableNetwork network) {
        final Batch batch = network.session().batch(IMAGES);
        final var pixels = new byte[network.description().shape().size()];
        for (int i = 0; i < IMAGES; i++) {
            new Random(i).nextBytes(pixels);
            if (i == IMAGES - 1) {
                Arrays.fill(pixels, (byte)77); // without any deviation
            }
            batch.image(i, pixels);
        }
        return batch;
    }

    private static float[] activations(final RunnableNetwork network, final Batch batch, final LayerInfo layer) {
        final var values = new float[IMAGES * layer.channels() * layer.height() * layer.width()];
        network.session().activations(layer.name(), batch, IMAGES, buffer -> buffer.get(0, values));
        return values;
    }

    private static float[] probabilities(final RunnableNetwork network, final Batch batch) {
        final var values = new float[IMAGES * network.description().classes().size()];
        network.session().probabilities(batch, IMAGES, values, 0);
        return values;
    }

    /** Single precision tells large values apart less finely. */
    private static void assertClose(final float[] expected, final float[] actual, final String layer) {
        float largest = 1;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertArrayEquals(expected, actual, CLOSE * largest, layer);
    }

    @Test
    void onnxRuntimeComputesWhatTheEngineComputes() throws Exception {
        for (NetworkPlan plan : plans()) {
            final Path file = folder.resolve("network.onnx");
            try (var network = network(plan)) {
                OnnxExport.write(network, file);
                final OnnxInspection.Found found = OnnxInspection.of(file, OnnxOptions.DEFAULT);
                assertEquals(List.of(), found.notes());
                assertEquals(network.description().classes(), found.description().classes());
                assertEquals(network.description().defaultLayer(), found.description().defaultLayer());
                assertEquals(ImagePreparation.BYTES, found.description().preparation());
                try (var read = OnnxNetwork.open(file, found.description(), found.reading()); var ours = batch(network); var theirs = batch(read)) {
                    assertArrayEquals(probabilities(network, ours), probabilities(read, theirs), CLOSE, plan.steps().toString());
                    for (LayerInfo layer : network.description().layers().subList(1, network.description().layers().size())) {
                        assertEquals(layer, found.description().layer(layer.name()));
                        assertClose(activations(network, ours, layer), activations(read, theirs, layer), layer.name());
                    }
                }
            }
        }
    }

    /** Read again it takes colour images, which become gray before they enter. */
    @Test
    void aNetworkOfGrayImagesStaysOne() throws Exception {
        final var shape = new ImageShape(1, 17, 20);
        final Path file = folder.resolve("gray.onnx");
        try (var network = network(new ResNetOptions(shape, 4, 1, 4, 0, 1).plan())) {
            OnnxExport.write(network, file);
            final OnnxInspection.Found found = OnnxInspection.of(file, OnnxOptions.DEFAULT);
            assertEquals(new ImageShape(3, 17, 20), found.description().shape());
            try (var read = OnnxNetwork.open(file, found.description(), found.reading()); var ours = batch(network); var theirs = read.session().batch(IMAGES)) {
                final var gray = new byte[shape.size()];
                final var planes = new byte[3 * shape.size()];
                for (int i = 0; i < IMAGES; i++) {
                    new Random(10 + i).nextBytes(gray);
                    for (int plane = 0; plane < 3; plane++) {
                        System.arraycopy(gray, 0, planes, plane * gray.length, gray.length);
                    }
                    ours.image(i, gray);
                    theirs.image(i, planes);
                }
                assertArrayEquals(probabilities(network, ours), probabilities(read, theirs), CLOSE);
            }
        }
    }

    /** A new kind of step has to be added to those above. */
    @Test
    void eachKindOfStepIsTried() {
        final Set<Class<?>> kinds = new HashSet<>();
        plans().forEach(plan -> plan.steps().forEach(step -> kinds.add(step.getClass())));
        assertEquals(Set.of(Step.class.getPermittedSubclasses()), kinds);
        assertTrue(plans().size() > 2);
    }
}
