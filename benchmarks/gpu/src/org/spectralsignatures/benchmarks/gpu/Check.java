package org.spectralsignatures.benchmarks.gpu;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.EngineContract;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.file.NetworkFile;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.training.Trainer;

/**
 * Checks an engine: {@code record FOLDER} writes what the processor gives; {@code check FOLDER} compares the engine that the property
 * {@code org.spectralsignatures.engine} names with it; {@code speed FOLDER} measures, {@code training FOLDER} training alone. Ends with 0 if all is
 * well, 1 if something is not, 2 if the engine cannot run.
 */
public final class Check {

    /** Everything that every engine must do, of this one. */
    private static final class Contract extends EngineContract {
        @Override
        protected Engine engine() {
            return Engines.get();
        }
    }

    /** A part of the check: says what it found, or fails. */
    private interface Part {
        String run() throws Exception; // NOSONAR
    }

    private final Path folder;

    private int failures;

    private Check(final Path folder) {
        this.folder = folder;
    }

    public static void main(final String[] arguments) throws Exception { // NOSONAR
        Locale.setDefault(Locale.ROOT);
        final Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("record")) {
            Records.main(folder);
            return;
        }
        final String problem = problem();
        if (!problem.isEmpty()) {
            System.out.println(problem);
            System.exit(2);
        }
        if (!arguments[0].equals("check")) {
            Speed.main(Engines.get(), folder, arguments[0].equals("speed"));
            return;
        }
        System.out.println(Engines.get().describe());
        System.exit(new Check(folder).run());
    }

    private static String problem() {
        try {
            return Engines.get().problem();
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    private int run() throws Exception { // NOSONAR
        final Records records = Records.read(folder);
        part("contract: values and gradients against double precision", this::contract);
        part("activations of the processor's network", () -> activations(records));
        part("training to the processor's accuracy", () -> training(records));
        part("scores of 6,000 x 2,048", () -> scores(records));
        part("the same bits twice", this::determinism);
        part("memory after 500 steps", this::memory);
        System.out.println(failures == 0 ? "All is well." : failures + " of 6 parts failed.");
        return failures == 0 ? 0 : 1;
    }

    private void part(final String name, final Part part) {
        final long start = System.nanoTime();
        String result;
        boolean good = true;
        try {
            result = part.run();
        } catch (Exception | LinkageError | AssertionError e) { // NOSONAR told
            good = false;
            failures++;
            final Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
            result = String.valueOf(cause.getMessage() == null ? cause : cause.getMessage()).lines().limit(3).reduce((a, b) -> a + " | " + b).orElse("");
        }
        System.out.printf("%-6s %s: %s (%.1f s)%n", good ? "ok" : "FAILED", name, result, (System.nanoTime() - start) / 1e9);
    }

    private static void require(final boolean holds, final String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    /** Each test of the contract; the first that fails is told, and how many did. */
    private String contract() throws Exception { // NOSONAR
        int tests = 0;
        int failed = 0;
        String first = "";
        for (Method method : EngineContract.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                tests++;
                method.setAccessible(true); // NOSONAR as JUnit does
                try {
                    method.invoke(new Contract());
                } catch (InvocationTargetException e) {
                    failed++;
                    first = first.isEmpty() ? method.getName() + ": " + e.getCause() : first;
                }
            }
        }
        require(tests > 0, "There is no test in the contract.");
        require(failed == 0, "%d of %d tests failed, first %s".formatted(failed, tests, first));
        return tests + " tests";
    }

    private String activations(final Records records) throws Exception { // NOSONAR
        final Path file = Files.createTempFile(folder, "activations", ".npy");
        try (var test = Data.textures(true, Records.TEST); var network = NetworkFile.load(Records.network(folder), Engines.get())) {
            ActivationExtractor.extract(network, test, "", Pooling.FLATTEN, 100, file, TaskMonitor.none());
        }
        final double difference = Records.difference(Records.values(file), records.activations());
        require(difference < 1e-3, "they differ by %.1e of the largest, more than 1e-3".formatted(difference));
        return "differ by %.1e of the largest".formatted(difference);
    }

    private String training(final Records records) throws Exception { // NOSONAR
        try (var training = Data.textures(false, Records.TRAINING); var test = Data.textures(true, Records.TEST);
                var network = Trainer.train(training, null, Data.network(), Data.training(), e -> { }, TaskMonitor.none()).network()) {
            final double accuracy = Predictor.predict(network, test, 250, TaskMonitor.none()).accuracy(test);
            require(accuracy > records.accuracy() - .05, "accuracy %.3f, on the processor %.3f".formatted(accuracy, records.accuracy()));
            return "accuracy %.3f, on the processor %.3f".formatted(accuracy, records.accuracy());
        }
    }

    private String scores(final Records records) throws Exception { // NOSONAR
        final double difference = Records.difference(Records.scores(folder), records.scores());
        require(difference < 1e-5, "they differ by %.1e of the largest, more than 1e-5".formatted(difference));
        return "differ by %.1e of the largest".formatted(difference);
    }

    private static long bits(final FloatBuffer values) {
        final var crc = new CRC32();
        for (int i = values.position(); i < values.limit(); i++) {
            final int bits = Float.floatToRawIntBits(values.get(i));
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                crc.update(bits >>> shift);
            }
        }
        return crc.getValue();
    }

    /**
     * Trains on the same batch of noise again and again.
     *
     * @param free receives what is free after one of the steps, and after the last one
     * @return a checksum of the parameters
     */
    private static long steps(final NetworkPlan plan, final int steps, final int after, final long[] free) {
        final Engine engine = Engines.get();
        final var random = new Random(1);
        final var pixels = new byte[plan.input().size()];
        final int count = 128;
        final var losses = new double[count];
        try (TrainingSession session = engine.train(plan, engine.initial(plan, 1), .9, 2e-4); var batch = session.batch(count)) {
            for (int i = 0; i < count; i++) {
                random.nextBytes(pixels);
                batch.image(i, pixels);
                batch.label(i, i % plan.classes());
            }
            for (int s = 0; s < steps; s++) {
                session.step(batch, count, .02, losses);
                if (s == after) {
                    free[0] = engine.freeMemory();
                }
            }
            free[1] = engine.freeMemory();
            return bits(session.parameters());
        }
    }

    private String determinism() {
        final NetworkPlan plan = Data.paper(3).plan();
        final long first = steps(plan, 30, -1, new long[2]);
        final long second = steps(plan, 30, -1, new long[2]);
        require(first == second, "parameters after 30 steps are %08x, then %08x".formatted(first, second));
        return "%08x after 30 steps".formatted(first);
    }

    private String memory() {
        final var free = new long[2];
        steps(Data.network().plan(), 500, 50, free);
        final long after = Engines.get().freeMemory();
        require(free[0] - free[1] < 1 << 20, "%d bytes less are free after 500 steps than after 50".formatted(free[0] - free[1]));
        require(after >= free[1], "%d bytes less are free after the session than in it".formatted(free[1] - after));
        return "%d bytes more in use after 500 steps than after 50; %.0f MB given back at the end".formatted(free[0] - free[1], (after - free[1]) / 1e6);
    }
}
