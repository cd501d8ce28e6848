package org.spectralsignatures.network.onnx;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.onnx.OnnxGraphWriter.Attribute;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Step;

/**
 * Networks of this library as ONNX files, opset {@value OnnxSteps#OPSET}: the input {@code images} takes any number of images
 * {@code [n, c, h, w]} as values from 0 to 255, which the graph standardises itself, and the only output gives the probabilities of the classes. Each
 * step's result has the step's name. Classes, default layer and provenance stand in the metadata.
 */
public final class OnnxExport {

    private static final String COUNT = "n";

    private OnnxExport() {
    }

    /**
     * Writes a network into a file, which is not complete before the call returns.
     *
     * @param network stays the caller's
     * @param file to be created or replaced
     * @throws IOException if it cannot be written
     */
    public static void write(final TrainedNetwork network, final Path file) throws IOException {
        final NetworkPlan plan = network.plan();
        final var graph = new OnnxGraphWriter();
        final var steps = new OnnxSteps(graph, plan, network.session().parameters());
        ImageShape shape = plan.input();
        graph.input(NetworkPlan.INPUT, COUNT, shape.channels(), shape.height(), shape.width());
        String last = standardised(graph, shape);
        for (Step step : plan.steps()) {
            steps.add(step, last, shape);
            shape = step.output(shape);
            last = step.name();
        }
        graph.output(last, COUNT, plan.classes());
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            graph.write("Spectral Signatures", "", OnnxNotes.of(network.description()), out);
        }
    }

    /** As {@link org.spectralsignatures.network.ImageStandardisation}, in single precision. */
    private static String standardised(final OnnxGraphWriter graph, final ImageShape shape) {
        final var axes = Attribute.of("axes", new long[]{1, 2, 3});
        final String mean = graph.node("ReduceMean", "images_mean", List.of(NetworkPlan.INPUT), axes);
        final String centred = graph.node("Sub", "images_centred", List.of(NetworkPlan.INPUT, mean));
        final String squares = graph.node("Mul", "images_squares", List.of(centred, centred));
        final String variance = graph.node("ReduceMean", "images_variance", List.of(squares), axes);
        final String deviation = graph.node("Sqrt", "images_deviation", List.of(variance));
        final String least = graph.number("images_least", (float)(1 / Math.sqrt(shape.size())));
        return graph.node("Div", "images_standardised", List.of(centred, graph.node("Max", "images_divisor", List.of(deviation, least))));
    }
}
