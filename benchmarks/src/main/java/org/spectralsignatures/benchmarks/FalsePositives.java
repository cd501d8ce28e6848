package org.spectralsignatures.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import org.spectralsignatures.removal.CutOff;

/**
 * How often the cut-off without epsilon calls clean classes poisoned: random subsets of the scores of real clean classes, each tested on
 * its own. The scores are a table that the workflow 'Suspicious Set' writes ({@code Scores.csv}).
 */
public final class FalsePositives {

    private static final double[] LEVELS = {.01, .05, .1};

    private static final int[] SIZES = {250, 500, 1000, 2000};

    private static final int DRAWS = 200;

    private FalsePositives() {
    }

    /** @param arguments the table of scores of clean images */
    public static void main(final String[] arguments) throws IOException {
        final Map<String, double[]> classes = read(Path.of(arguments[0]));
        System.out.printf(Locale.ROOT, "%d classes, %d subsets of each a size%n", classes.size(), DRAWS);
        System.out.println("| images | " + String.join(" | ", Arrays.stream(LEVELS).mapToObj(l -> "called poisoned at level " + l).toList()) + " |");
        for (int size : SIZES) {
            final var called = new int[LEVELS.length];
            int tested = 0;
            final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(size);
            for (double[] scores : classes.values()) {
                for (int draw = 0; draw < DRAWS && scores.length >= size; draw++) {
                    final CutOff cutOff = CutOff.of(subset(scores, size, random));
                    tested++;
                    for (int l = 0; l < LEVELS.length; l++) {
                        called[l] += cutOff.significant(LEVELS[l], 1) ? 1 : 0;
                    }
                }
            }
            if (tested == 0) {
                continue; // no class is as large
            }
            final int all = tested;
            System.out.println("| " + size + " | "
                + String.join(" | ", Arrays.stream(called).mapToObj(c -> String.format(Locale.ROOT, "%d of %d (%.2f %%)", c, all, 100. * c / all)).toList()) + " |");
        }
    }

    private static Map<String, double[]> read(final Path file) throws IOException {
        final Map<String, List<Double>> scores = new TreeMap<>();
        final List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            final String[] cells = line.split(",");
            scores.computeIfAbsent(cells[1], label -> new ArrayList<>()).add(Double.parseDouble(cells[2]));
        }
        final Map<String, double[]> result = new TreeMap<>();
        scores.forEach((label, values) -> result.put(label, values.stream().mapToDouble(Double::doubleValue).toArray()));
        return result;
    }

    /** The first values of a random order, sorted. */
    private static double[] subset(final double[] values, final int size, final RandomGenerator random) {
        final double[] mixed = values.clone();
        for (int i = 0; i < size; i++) {
            final int other = random.nextInt(i, mixed.length);
            final double value = mixed[other];
            mixed[other] = mixed[i];
            mixed[i] = value;
        }
        final double[] subset = Arrays.copyOf(mixed, size);
        Arrays.sort(subset);
        return subset;
    }
}
