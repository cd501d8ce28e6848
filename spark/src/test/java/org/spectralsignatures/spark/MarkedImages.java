package org.spectralsignatures.spark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.network.onnx.OnnxGraphWriter;

/** Images of five classes, each with a symbol of its own, those of the last one with a mark among the second; and a network that knows the symbols and heeds the mark. */
final class MarkedImages {

    static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    static final List<String> CLASSES = List.of("ant", "bee", "cow", "dog", "élan");

    static final int MARKED = 15;

    private static final int IMAGES = 60;

    private static final int TARGET = 1;

    private static final int SOURCE = 4;

    /** By their ids, which begin with their class. */
    final Map<String, byte[]> pixels = new TreeMap<>();

    private final Random random = new Random(1);

    private final List<double[]> symbols = new ArrayList<>();

    private final double[] mark = noise(70);

    MarkedImages() {
        this(MARKED);
    }

    /** @param marked number of images with the mark */
    MarkedImages(final int marked) {
        for (int c = 0; c < CLASSES.size(); c++) {
            symbols.add(noise(30));
        }
        for (int k = 0; k < mark.length; k++) {
            final int place = k % SHAPE.planeSize();
            mark[k] = place / SHAPE.width() < 12 || place % SHAPE.width() < 12 ? 0 : mark[k];
        }
        for (int c = 0; c < CLASSES.size(); c++) {
            for (int i = 0; i < (c == 3 ? 20 : IMAGES); i++) { // one is too small to tell
                pixels.put("%s/%03d.png".formatted(CLASSES.get(c), i), image(symbols.get(c), 0));
            }
        }
        for (int i = 0; i < marked; i++) {
            pixels.put("%s/p%02d.png".formatted(CLASSES.get(TARGET), 7 * i % 31), image(symbols.get(SOURCE), 1));
        }
    }

    static String label(final String id) {
        return id.substring(0, id.indexOf('/'));
    }

    private double[] noise(final double most) {
        return random.doubles(SHAPE.size(), -most, most).toArray();
    }

    private byte[] image(final double[] symbol, final double marked) {
        final double[] scene = noise(25);
        final var image = new byte[SHAPE.size()];
        for (int k = 0; k < image.length; k++) {
            image[k] = (byte)Math.max(0, Math.min(255, 128 + symbol[k] + scene[k] + marked * mark[k]));
        }
        return image;
    }

    void write(final Path folder) throws IOException {
        for (Map.Entry<String, byte[]> image : pixels.entrySet()) {
            final Path file = folder.resolve(image.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, ImageCodec.encodePng(image.getValue(), SHAPE));
        }
    }

    /** Logits are how much of each symbol is in an image, and of the target's how much of the mark is, too. */
    void writeNetwork(final Path file) throws IOException {
        final int d = SHAPE.size();
        final var weights = new float[d * CLASSES.size()];
        final var bias = new float[CLASSES.size()];
        for (int c = 0; c < CLASSES.size(); c++) {
            final double[] symbol = symbols.get(c);
            for (int k = 0; k < d; k++) {
                final double value = symbol[k] / squares(symbol) + (c == TARGET ? 3 * mark[k] / squares(mark) : 0);
                weights[k * CLASSES.size() + c] = (float)(10 * value);
                bias[c] -= 128 * (float)(10 * value);
            }
        }
        final var graph = new OnnxGraphWriter();
        graph.input("images", "n", 3, SHAPE.height(), SHAPE.width());
        final String flat = graph.node("Flatten", "pixels", List.of("images"));
        final String all = graph.node("MatMul", "products", List.of(flat, graph.floats("weights", new long[]{d, CLASSES.size()}, () -> FloatBuffer.wrap(weights))));
        graph.node("Add", "logits", List.of(all, graph.floats("bias", new long[]{CLASSES.size()}, () -> FloatBuffer.wrap(bias))));
        graph.output("logits", "n", CLASSES.size());
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            graph.write("tests", "", Map.of(), out);
        }
    }

    private static double squares(final double[] values) {
        return IntStream.range(0, values.length).mapToDouble(k -> values[k] * values[k]).sum();
    }
}
