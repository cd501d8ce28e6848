package org.spectralsignatures.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.file.NetworkFile;
import org.spectralsignatures.synthetic.SyntheticImageGenerator;
import org.spectralsignatures.synthetic.SyntheticOptions;

/**
 * A training of seconds with all that a long one has, to be interrupted: crops and flips, validation images, a last batch that is smaller. As a program it trains
 * for longer, with checkpoints in a folder, says each step, and writes the network and the history beside them.
 */
final class SmallTraining {

    static final int EPOCHS = 5;

    /** Epochs of the program: three times what it does until it is killed, and some to the end. */
    static final int LONG = 12;

    /** Steps of a program that is not to be killed. */
    static final int TO_THE_END = 1_000_000;

    /** Steps that the program still does while it is to be killed. */
    private static final int MORE = 4;

    static final int PER_CLASS = 22;

    static final String JOB = "small";

    private final long seed;

    SmallTraining(final long seed) {
        this.seed = seed;
    }

    /** @param arguments folder, seed, steps after which it is to be killed */
    public static void main(final String[] arguments) throws Exception {
        final Path folder = Path.of(arguments[0]);
        final var listener = new Heard();
        final var training = new SmallTraining(Long.parseLong(arguments[1]));
        final Outcome outcome = training.run(training.longOptions(), each(folder, 1), listener,
            steps(Integer.MAX_VALUE, step -> {
                System.out.println(step);
                if (step.equals("STEP " + (Integer.parseInt(arguments[2]) + MORE))) {
                    awaitTheEnd();
                }
            }));
        Files.write(folder.resolve("network.zip"), outcome.network());
        Files.writeString(folder.resolve("history.txt"), outcome.history());
        listener.told.forEach(told -> System.out.println("TOLD " + told));
    }

    /** Of this process, or of the one that started it. */
    private static void awaitTheEnd() {
        try {
            System.in.read(); // NOSONAR nothing comes but the end
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a training came to, as bytes and without times. */
    record Outcome(byte[] network, String history, List<Resumption> resumptions) {
    }

    /** Keeps all that a listener hears, in its order. */
    static class Heard implements TrainingListener {

        final List<String> told = new ArrayList<>();

        @Override
        public void epochDone(final EpochResult result) {
            told.add("epoch " + result.epoch());
        }

        @Override
        public void resumed(final Resumption resumption) {
            told.add("resumed %d %d".formatted(resumption.epoch(), resumption.step()));
        }

        @Override
        public void remark(final String sentence) {
            told.add(sentence);
        }

        List<String> remarks() {
            return told.stream().filter(t -> !t.matches("(epoch|resumed) .*")).toList();
        }
    }

    static CheckpointOptions each(final Path folder, final int epochs) {
        return new CheckpointOptions(folder, JOB, epochs, 0, CheckpointOptions.Others.REFUSE);
    }

    /** Cancels behind so many steps, and hears of each. */
    static TaskMonitor steps(final int most, final Consumer<String> heard) {
        return new TaskMonitor() {
            private int done;

            @Override
            public void progress(final double fraction, final String message) {
                if (message.startsWith("Epoch")) {
                    done++;
                    heard.accept("STEP " + done);
                }
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                if (done >= most) {
                    throw new TaskCancelledException();
                }
            }
        };
    }

    static ImageDataset images(final boolean test, final int perClass) throws IOException {
        final var generator = new SyntheticImageGenerator(new SyntheticOptions(3, 16, 1));
        try (var builder = ImageDataset.builder(generator.shape(), generator.classNames())) {
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < perClass; i++) {
                    builder.add(c + "/" + i, generator.classNames().get(c), generator.image(test, c, i));
                }
            }
            return builder.build();
        }
    }

    TrainingOptions options() {
        return options(EPOCHS);
    }

    TrainingOptions longOptions() {
        return options(LONG);
    }

    private TrainingOptions options(final int epochs) {
        return new TrainingOptions(epochs, 16, Schedule.ONE_CYCLE, .05, .9, Augmentation.CROP_AND_FLIP, seed);
    }

    /** @return names of the files in a folder */
    static List<String> files(final Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    static int stepsPerEpoch() {
        return (3 * PER_CLASS + 15) / 16;
    }

    Outcome run(final CheckpointOptions checkpoints, final TrainingListener listener, final TaskMonitor monitor)
        throws IOException, TaskCancelledException, TrainingDivergedException {
        return run(options(), checkpoints, listener, monitor);
    }

    Outcome run(final TrainingOptions options, final CheckpointOptions checkpoints, final TrainingListener listener, final TaskMonitor monitor)
        throws IOException, TaskCancelledException, TrainingDivergedException {
        try (var training = images(false, PER_CLASS); var validation = images(true, 10)) {
            return run(training, validation, options, checkpoints, listener, monitor);
        }
    }

    /** Keeps the outcome in another way. */
    <T> T run(final CheckpointOptions checkpoints, final TrainingResult.Keeper<T> keeper, final TrainingListener listener, final TaskMonitor monitor)
        throws IOException, TaskCancelledException, TrainingDivergedException {
        try (var training = images(false, PER_CLASS); var validation = images(true, 10)) {
            return run(training, validation, options(), checkpoints, keeper, listener, monitor);
        }
    }

    Outcome run(final ImageDataset training, final ImageDataset validation, final TrainingOptions options, final CheckpointOptions checkpoints,
        final TrainingListener listener, final TaskMonitor monitor) throws IOException, TaskCancelledException, TrainingDivergedException {
        return run(training, validation, options, checkpoints, SmallTraining::keep, listener, monitor);
    }

    private <T> T run(final ImageDataset training, final ImageDataset validation, final TrainingOptions options, final CheckpointOptions checkpoints,
        final TrainingResult.Keeper<T> keeper, final TrainingListener listener, final TaskMonitor monitor)
        throws IOException, TaskCancelledException, TrainingDivergedException {
        final var network = new ResNetOptions(training.shape(), 3, 1, 4, 2e-4, seed);
        return Trainer.train(training, validation, network, options, Engines.get(), checkpoints, keeper, listener, monitor);
    }

    static Outcome keep(final TrainingResult result) throws IOException {
        final Path file = Files.createTempFile("trained", ".zip");
        try {
            NetworkFile.save(result.network(), file);
            final var history = new StringBuilder();
            for (EpochResult e : result.history()) {
                history.append("%d,%s,%s,%s,%s,%s%n".formatted(e.epoch(), e.learningRate(), e.loss(), e.accuracy(), e.validationLoss(), e.validationAccuracy()));
            }
            return new Outcome(Files.readAllBytes(file), history.toString(), result.resumptions());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
