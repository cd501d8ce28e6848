package org.spectralsignatures.benchmarks.gpu;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The parts of the check, each of which says what it found, or fails. */
final class Parts {

    /** Everything that every engine must do, of one. */
    private static final class Contract extends EngineContract {

        private final Engine engine;

        Contract(final Engine engine) {
            this.engine = engine;
        }

        @Override
        protected Engine engine() {
            return engine;
        }
    }

    private final Checked checked;

    private final Sizes sizes;

    private final Engine engine;

    private final Path folder;

    /** @param folder with the records; also for files that go again */
    Parts(final Checked checked, final Path folder) {
        this.checked = checked;
        this.folder = folder;
        sizes = checked.sizes();
        engine = checked.open();
    }

    /**
     * @param name of a part
     * @return what it found
     * @throws Exception if something is not as it should be; the message says what
     */
    String run(final String name) throws Exception { // NOSONAR
        return switch (name) {
            case "known network" -> known();
            case "contract" -> contract();
            case "activations" -> activations(Records.read(folder));
            case "accuracy" -> accuracy(Records.read(folder));
            case "scores" -> scores(Records.read(folder));
            case "same bits" -> bits();
            case "memory" -> memory();
            default -> throw new IllegalArgumentException("There is no such part.");
        };
    }

    private static void require(final boolean holds, final String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    /** What the engine looks at before it is used anywhere: where that goes wrong, nobody uses it. */
    private String known() {
        final String problem = checked == Checked.CUDA ? Engines.get().problem() : "";
        require(problem.isEmpty(), problem);
        return checked == Checked.CUDA ? "computed as it should be, so that nodes use this card" : "left to the tests";
    }

    /** Each test of the contract, in double precision; the first that fails is told, and how many did. */
    private String contract() throws Exception { // NOSONAR
        int tests = 0;
        int failed = 0;
        String first = "";
        for (Method method : EngineContract.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                tests++;
                method.setAccessible(true); // NOSONAR as JUnit does
                try {
                    method.invoke(new Contract(engine));
                } catch (InvocationTargetException e) {
                    failed++;
                    first = first.isEmpty() ? method.getName() + ": " + e.getCause() : first;
                }
            }
        }
        require(tests > 0, "There is no test in the contract.");
        require(failed == 0, "%d of %d tests failed, first %s".formatted(failed, tests, first));
        return "values and gradients are those of double precision, %d tests".formatted(tests);
    }

    private String activations(final Records records) throws Exception { // NOSONAR
        final Path file = Files.createTempFile(folder, "activations", ".npy");
        try (var test = Data.textures(true, sizes); var network = NetworkFile.load(Records.network(folder), engine)) {
            ActivationExtractor.extract(network, test, "", Pooling.FLATTEN, 100, file, TaskMonitor.none());
        }
        final double difference = Records.difference(Records.values(file), records.activations());
        require(difference < 1e-3, "they differ from the processor's by %.1e of the largest, more than 1e-3".formatted(difference));
        return "differ from the processor's by %.1e of the largest".formatted(difference);
    }

    private String accuracy(final Records records) throws Exception { // NOSONAR
        try (var training = Data.textures(false, sizes); var test = Data.textures(true, sizes)) {
            final double accuracy = Trainer.train(training, null, Data.paper(sizes, 1), Data.training(sizes), engine, null,
                result -> Predictor.predict(result.network(), test, 250, TaskMonitor.none()).accuracy(test), e -> { }, TaskMonitor.none());
            final String both = "%.3f after training, on the processor %.3f".formatted(accuracy, records.accuracy());
            require(accuracy > records.accuracy() - sizes.accuracy(), both);
            return checked == Checked.EMULATED ? both + ", of so few images that it says nothing but that it ran" : both;
        }
    }

    private String scores(final Records records) throws Exception { // NOSONAR
        final double difference = Records.difference(Records.scores(folder, sizes, engine), records.scores());
        require(difference < 1e-5, "they differ from the processor's by %.1e of the largest, more than 1e-5".formatted(difference));
        return "of %,d x %,d differ from the processor's by %.1e of the largest".formatted(sizes.scoredRows(), sizes.columns(), difference);
    }

    private static long crc(final FloatBuffer values) {
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
    private long steps(final NetworkPlan plan, final int steps, final int after, final long[] free) {
        final var random = new Random(1);
        final var pixels = new byte[plan.input().size()];
        final var losses = new double[sizes.count()];
        try (TrainingSession session = engine.train(plan, engine.initial(plan, 1), .9, 2e-4); var batch = session.batch(losses.length)) {
            for (int i = 0; i < losses.length; i++) {
                random.nextBytes(pixels);
                batch.image(i, pixels);
                batch.label(i, i % plan.classes());
            }
            for (int s = 0; s < steps; s++) {
                session.step(batch, losses.length, .02, losses);
                if (s == after) {
                    free[0] = engine.freeMemory();
                }
            }
            free[1] = engine.freeMemory();
            return crc(session.parameters());
        }
    }

    private String bits() {
        final NetworkPlan plan = Data.paper(sizes, sizes.units()).plan();
        final long first = steps(plan, sizes.steps(), -1, new long[2]);
        final long second = steps(plan, sizes.steps(), -1, new long[2]);
        require(first == second, "parameters after %d steps are %08x, then %08x".formatted(sizes.steps(), first, second));
        return "parameters after %d steps are %08x twice".formatted(sizes.steps(), first);
    }

    private String memory() {
        final var free = new long[2];
        steps(Data.paper(sizes, 1).plan(), sizes.manySteps(), sizes.after(), free);
        final long after = engine.freeMemory();
        require(free[0] - free[1] < 1 << 20, "%,d bytes less are free after %d steps than after %d".formatted(free[0] - free[1], sizes.manySteps(), sizes.after()));
        require(after >= free[1], "%,d bytes less are free after the session than in it".formatted(free[1] - after));
        return "%,d bytes more in use after %d steps than after %d; %.0f MB given back at the end".formatted(free[0] - free[1], sizes.manySteps(), sizes.after(),
            (after - free[1]) / 1e6);
    }
}
