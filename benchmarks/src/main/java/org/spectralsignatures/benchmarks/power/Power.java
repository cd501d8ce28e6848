package org.spectralsignatures.benchmarks.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

import org.spectralsignatures.attack.Trigger;
import org.spectralsignatures.audit.Audit;
import org.spectralsignatures.audit.AuditOptions;
import org.spectralsignatures.audit.Auditor;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.evaluation.Predictor;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ResNetOptions;
import org.spectralsignatures.network.RunnableNetwork;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.file.NetworkFile;
import org.spectralsignatures.reader.LabelledImage;
import org.spectralsignatures.reader.Split;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.scoring.EnsembleScorer;
import org.spectralsignatures.scoring.ScoringMethod;
import org.spectralsignatures.training.Augmentation;
import org.spectralsignatures.training.CheckpointOptions;
import org.spectralsignatures.training.Schedule;
import org.spectralsignatures.training.Trainer;
import org.spectralsignatures.training.TrainingOptions;

/**
 * Runs the grid of the verdict: for each line a poisoned or clean set, the network that an analyst trains on it and its activations
 * (train), the verdict (audit), and a network trained on the cleaned set (clean). Each run has a folder of its own; runs that are done are not run again, and several
 * processes may share the work.
 */
public final class Power {

    private static final int BATCH = 64;

    static final int TEST_IMAGES = 250;

    private static final double ENOUGH = .99;

    /** What is done with a run, and the file that it needs. */
    private enum Stage {
        TRAIN(null), AUDIT("train.properties"), CLEAN("removed.csv");

        private final String m_needs;

        Stage(final String needs) {
            m_needs = needs;
        }
    }

    private Power() {
    }

    /** @param all train, audit or clean, folder of CIFAR-10, grid, folder of the results, optional pattern of names; and {@code --checkpoints DIR}, see {@link Series} */
    public static void main(final String[] all) throws Exception {
        final Series series = Series.of(all);
        final List<String> arguments = series.arguments();
        final Path cifar = Path.of(arguments.get(1));
        final Path out = Files.createDirectories(Path.of(arguments.get(3)));
        final List<GridRun> grid = Files.readAllLines(Path.of(arguments.get(2))).stream().skip(1).filter(l -> !l.isBlank()).map(GridRun::parse).toList();
        final String pattern = arguments.size() > 4 ? arguments.get(4) : ".*";
        for (GridRun run : grid) {
            final Path folder = Files.createDirectories(out.resolve(run.name()));
            if (!run.name().matches(pattern) || Files.exists(out.resolve("stop"))) {
                continue;
            }
            final Stage stage = Stage.valueOf(arguments.get(0).toUpperCase(Locale.ROOT));
            if (stage.m_needs != null && !Files.exists(folder.resolve(stage.m_needs))) {
                continue;
            }
            final Path claim = folder.resolve(arguments.get(0) + ".claimed");
            if (!Series.claim(claim, folder.resolve(arguments.get(0) + ".properties"))) {
                continue;
            }
            boolean done = false;
            try {
                final long start = System.nanoTime();
                switch (stage) {
                    case TRAIN -> train(cifar, run, grid, out, folder, series);
                    case AUDIT -> audit(cifar, run, folder);
                    case CLEAN -> clean(cifar, run, folder, series);
                }
                done = true;
                System.out.printf("%s %s %.0f s%n", arguments.get(0), run.name(), (System.nanoTime() - start) / 1e9);
            } finally {
                if (!done) {
                    Files.deleteIfExists(claim);
                }
            }
        }
    }

    /** @return the run's network, to be closed by the caller */
    static TrainedNetwork network(final ImageDataset images, final GridRun run) throws Exception {
        return Trainer.train(images, null, architecture(images, run), options(run), e -> { }, TaskMonitor.none()).network();
    }

    private static void train(final ImageDataset images, final GridRun run, final CheckpointOptions checkpoints, final Series.Use use) throws Exception {
        Trainer.train(images, null, architecture(images, run), options(run), Engines.get(), checkpoints, Series.keeper(use), e -> { }, TaskMonitor.none());
    }

    private static ResNetOptions architecture(final ImageDataset images, final GridRun run) {
        return new ResNetOptions(images.shape(), run.classes().size(), run.units(), 16, 2e-4, run.seed());
    }

    private static TrainingOptions options(final GridRun run) {
        return new TrainingOptions(run.epochs(), BATCH, Schedule.ONE_CYCLE, .1, .9, run.crops() ? Augmentation.CROP_AND_FLIP : Augmentation.NONE, run.seed(),
            run.crops() ? TrainingOptions.ALL_EPOCHS : ENOUGH);
    }

    private static void train(final Path cifar, final GridRun run, final List<GridRun> grid, final Path out, final Path folder, final Series series)
        throws Exception {
        final var facts = new Properties();
        final var set = new PoisonedSet(cifar, run);
        final List<LabelledImage> test = PoisonedSet.read(cifar, Split.TEST, run.classes(), TEST_IMAGES, 1);
        final int[] labels = set.labels();
        final List<String> keys = set.keys();
        final Path flat = folder.resolve("flat.npy");
        try (var images = set.build(null)) {
            final long start = System.nanoTime();
            train(images, run, series.checkpoints("train-" + run.name()), result -> {
                put(facts, "first.seconds", (System.nanoTime() - start) / 1e9);
                put(facts, "first.epochs", result.history().size());
                put(facts, "first.training", result.history().get(result.history().size() - 1).accuracy());
                measure(result.network(), test, set.triggers(), run, "first", facts);
                NetworkFile.save(result.network(), folder.resolve("first.network"));
                Files.deleteIfExists(flat);
                ActivationExtractor.extract(result.network(), images, "", Pooling.FLATTEN, 250, flat, TaskMonitor.none());
            });
            base(run, grid).ifPresent(b -> never(out.resolve(b.name()).resolve("first.network"), test, set.triggers(), run, facts));
            rows(folder.resolve("rows.csv"), set, labels, keys);
        }
        store(facts, folder.resolve("train.properties"));
    }

    /** The verdict on a run: a line a class, the keys of what is taken out, and what that is worth. */
    private static void audit(final Path cifar, final GridRun run, final Path folder) throws Exception {
        final var set = new PoisonedSet(cifar, run);
        try (var images = set.build(null); var network = NetworkFile.load(folder.resolve("first.network"))) {
            final double[] scores;
            try (var activations = NpyMatrix.open(folder.resolve("flat.npy"))) {
                final var layer = network.description().layer("");
                scores = EnsembleScorer.score(activations, layer.height() * layer.width(), images.labels(), run.classes(), images.keys(),
                    new ScoringMethod.Ensemble(ScoringMethod.DEFAULT_EPSILON), 1, TaskMonitor.none()).result().scores();
            }
            final Audit audit = Auditor.audit(network, images, scores, new AuditOptions(AuditOptions.DEFAULT_LEVEL, 250, 1), TaskMonitor.none());
            final var lines = new ArrayList<String>();
            lines.add("class,images,taken out,verdict");
            for (Audit.ClassAudit c : audit.classes()) {
                lines.add("%s,%d,%d,\"%s\"".formatted(run.classes().get(c.label()), c.images(), c.poison(), c.verdict().text()));
            }
            Files.write(folder.resolve("verdicts.csv"), lines);
            int found = 0;
            int lost = 0;
            final var removed = new ArrayList<String>();
            for (int i = 0; i < images.size(); i++) {
                if (audit.poison()[i]) {
                    removed.add(images.keys().get(i));
                    found += set.attack(i) >= 0 ? 1 : 0;
                    lost += set.attack(i) >= 0 ? 0 : 1;
                }
            }
            final var facts = new Properties();
            put(facts, "found", found);
            put(facts, "lost", lost);
            store(facts, folder.resolve("audit.properties"));
            Files.write(folder.resolve("removed.csv"), removed);
        }
    }

    private static void clean(final Path cifar, final GridRun run, final Path folder, final Series series) throws Exception {
        final var facts = new Properties();
        final var set = new PoisonedSet(cifar, run);
        final List<LabelledImage> test = PoisonedSet.read(cifar, Split.TEST, run.classes(), TEST_IMAGES, 1);
        final var gone = new java.util.HashSet<>(Files.readAllLines(folder.resolve("removed.csv")));
        final boolean[] kept = new boolean[set.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = !gone.contains(set.image(i).key());
        }
        try (var rest = set.build(kept)) {
            train(rest, run, series.checkpoints("clean-" + run.name()), result -> {
                measure(result.network(), test, set.triggers(), run, "after", facts);
                store(facts, folder.resolve("clean.properties"));
            });
        }
    }

    private static java.util.Optional<GridRun> base(final GridRun run, final List<GridRun> grid) {
        return grid.stream().filter(g -> g.family().equals("clean") && !g.crops() && g.classes().equals(run.classes()) && g.images() == run.images()
            && g.seed() == run.seed() && g.units() == run.units() && g.epochs() == run.epochs()).findFirst();
    }

    private static void never(final Path file, final List<LabelledImage> test, final List<Trigger> triggers, final GridRun run, final Properties facts) {
        if (run.family().equals("clean") || !Files.exists(file)) {
            return;
        }
        try (var network = NetworkFile.load(file)) {
            measure(network, test, triggers, run, "never", facts);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static void measure(final RunnableNetwork network, final List<LabelledImage> test, final List<Trigger> triggers, final GridRun run,
        final String name, final Properties facts) throws Exception {
        try (var plain = PoisonedSet.plain(test, run.classes())) {
            put(facts, name + ".accuracy", Predictor.predict(network, plain, 250, TaskMonitor.none()).accuracy(plain));
        }
        for (int a = 0; a < triggers.size(); a++) {
            final GridRun.Attack attack = run.attacks().get(a);
            try (var marked = PoisonedSet.marked(test, run.classes(), attack.source(), triggers.get(a))) {
                put(facts, name + ".success" + a, Predictor.predict(network, marked, 250, TaskMonitor.none()).rate(run.classes().indexOf(attack.target())));
            }
        }
    }

    private static void rows(final Path file, final PoisonedSet set, final int[] labels, final List<String> keys) throws IOException {
        final var text = new StringBuilder("key,label,attack\n");
        for (int i = 0; i < labels.length; i++) {
            text.append(keys.get(i)).append(',').append(labels[i]).append(',').append(set.attack(i)).append('\n');
        }
        Files.writeString(file, text);
    }

    static void put(final Properties facts, final String key, final double value) {
        facts.setProperty(key, String.format(Locale.ROOT, "%.4f", value));
    }

    private static void store(final Properties facts, final Path file) throws IOException {
        try (var writer = Files.newBufferedWriter(file)) {
            facts.store(writer, null);
        }
    }
}
