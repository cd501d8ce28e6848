package org.spectralsignatures.benchmarks.power;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.spectralsignatures.audit.Audit;
import org.spectralsignatures.audit.AuditOptions;
import org.spectralsignatures.audit.Auditor;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.RunnableNetwork;
import org.spectralsignatures.network.onnx.OnnxInspection;
import org.spectralsignatures.network.onnx.OnnxNetwork;
import org.spectralsignatures.network.onnx.OnnxOptions;
import org.spectralsignatures.reader.LabelledImage;
import org.spectralsignatures.reader.Split;
import org.spectralsignatures.representation.ActivationExtractor;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.Pooling;
import org.spectralsignatures.scoring.EnsembleScorer;
import org.spectralsignatures.scoring.ScoringMethod;
import org.spectralsignatures.scoring.SpectralScorer;
import org.spectralsignatures.training.TrainingListener;
import org.spectralsignatures.transfer.HeadOptions;
import org.spectralsignatures.transfer.PretrainedBody;
import org.spectralsignatures.transfer.TransferLearner;
import org.spectralsignatures.transfer.TransferOptions;
import org.spectralsignatures.transfer.TransferredNetwork;

/**
 * Small sets, each with networks from random weights and with classifiers on a network that was trained on other classes: whether the backdoor is learned,
 * and what the verdict is. A line for each set and way of training; those that are there already are not run again.
 */
public final class Transfer {

    private static final String SCRATCH = "scratch";

    /** The paper's: so many times as many images go from each class as are poisoned. */
    private static final double MULTIPLE = 1.5;

    private static final String HEAD = "name,family,images,method,seconds,epochs,training,accuracy,success,verdict,named,poison,found,clean,lost,alarms,doubted,spectral";

    private final Path cifar;

    private final PretrainedBody body;

    private final Path folder;

    private Transfer(final Path cifar, final PretrainedBody body, final Path folder) {
        this.cifar = cifar;
        this.body = body;
        this.folder = folder;
    }

    /** @param arguments folder of CIFAR-10, ONNX file, grid, file of the results, ways of training: scratch or LAYER:POOLING:HIDDEN:DECAY, where LAYER may be empty */
    public static void main(final String[] arguments) throws Exception {
        final Path network = Path.of(arguments[1]);
        final OnnxInspection.Found found = OnnxInspection.of(network,
            new OnnxOptions(List.of(), 0, 0, ImagePreparation.IMAGENET, null, null, "", OnnxOptions.Outputs.GUESS, ""));
        found.description().layers().forEach(System.out::println);
        final Path out = Path.of(arguments[3]);
        final List<String> done = Files.exists(out) ? Files.readAllLines(out) : List.of();
        if (done.isEmpty()) {
            Files.writeString(out, HEAD + "\n");
        }
        final var transfer = new Transfer(Path.of(arguments[0]), new PretrainedBody(network, found.description(), found.reading()), Files.createTempDirectory("transfer"));
        for (GridRun run : Files.readAllLines(Path.of(arguments[2])).stream().skip(1).map(GridRun::parse).toList()) {
            final List<String> methods = List.of(arguments).subList(4, arguments.length).stream()
                .filter(method -> done.stream().noneMatch(line -> line.startsWith("%s,%s,%d,%s,".formatted(run.name(), run.family(), run.images(), method)))).toList();
            if (methods.isEmpty()) {
                continue;
            }
            final var set = new PoisonedSet(transfer.cifar, run);
            final List<LabelledImage> test = PoisonedSet.read(transfer.cifar, Split.TEST, run.classes(), Power.TEST_IMAGES, 1);
            for (String method : methods) {
                Files.writeString(out, transfer.line(run, set, test, method) + "\n", StandardOpenOption.APPEND);
            }
        }
    }

    private String line(final GridRun run, final PoisonedSet set, final List<LabelledImage> test, final String method) throws Exception {
        final Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", run.name());
        told.put("family", run.family());
        told.put("images", run.images());
        told.put("method", method);
        try (ImageDataset images = set.build(null)) {
            final long start = System.nanoTime();
            try (RunnableNetwork network = method.equals(SCRATCH) ? Power.network(images, run) : learn(images, method)) {
                told.put("seconds", "%.2f".formatted((System.nanoTime() - start) / 1e9));
                told.put("epochs", network.description().training().epochs());
                told.put("training", "%.4f".formatted(network.description().training().accuracy()));
                final var facts = new Properties();
                Power.measure(network, test, set.triggers(), run, "first", facts);
                told.put("accuracy", facts.getProperty("first.accuracy"));
                told.put("success", facts.getProperty("first.success0", ""));
                judge(network, images, set, run, told);
            }
        }
        System.out.println(told);
        return String.join(",", told.values().stream().map(Object::toString).toList());
    }

    private OnnxNetwork learn(final ImageDataset images, final String method) throws Exception {
        final String[] parts = method.split(":");
        final var options = new TransferOptions(parts[0], Pooling.valueOf(parts[1]), 250, new HeadOptions(Integer.parseInt(parts[2]), 300, Double.parseDouble(parts[3]), 1));
        final TransferredNetwork made = TransferLearner.learn(body, images, null, options, folder.resolve("network.onnx"), TrainingListener.none(), TaskMonitor.none());
        return OnnxNetwork.open(made.file(), made.description(), made.reading());
    }

    /** As the workflow Suspicious Set: scores of the default layer, then the Auditor. */
    private void judge(final RunnableNetwork network, final ImageDataset images, final PoisonedSet set, final GridRun run, final Map<String, Object> told)
        throws Exception {
        final Path flat = folder.resolve("flat.npy");
        ActivationExtractor.extract(network, images, "", Pooling.FLATTEN, 250, flat, TaskMonitor.none());
        final double[] scores;
        final double[] spectral;
        try (var activations = NpyMatrix.open(flat)) {
            final var layer = network.description().layer("");
            scores = EnsembleScorer.score(activations, layer.height() * layer.width(), images.labels(), run.classes(), images.keys(),
                new ScoringMethod.Ensemble(ScoringMethod.DEFAULT_EPSILON), 1, TaskMonitor.none()).result().scores();
            spectral = SpectralScorer.score(activations, images.labels(), run.classes(), images.keys(), new ScoringMethod.Paper(1), 1, TaskMonitor.none()).scores();
        }
        final Audit audit = Auditor.audit(network, images, scores, new AuditOptions(AuditOptions.DEFAULT_LEVEL, 250, 1), TaskMonitor.none());
        final int target = run.attacks().isEmpty() ? -1 : run.classes().indexOf(run.attacks().get(0).target());
        int found = 0;
        int lost = 0;
        int poison = 0;
        for (int i = 0; i < images.size(); i++) {
            poison += set.attack(i) >= 0 ? 1 : 0;
            found += audit.poison()[i] && set.attack(i) >= 0 ? 1 : 0;
            lost += audit.poison()[i] && set.attack(i) < 0 ? 1 : 0;
        }
        final List<String> verdicts = audit.classes().stream().map(c -> c.verdict().text()).toList();
        final String poisoned = "poisoned";
        told.put("verdict", target < 0 ? "" : "\"" + verdicts.get(target).replace('"', '\'') + "\"");
        told.put("named", target >= 0 && verdicts.get(target).startsWith(poisoned) ? 1 : 0);
        told.put("poison", poison);
        told.put("found", found);
        told.put("clean", images.size() - poison);
        told.put("lost", lost);
        told.put("alarms", audit.classes().stream().filter(c -> c.label() != target && c.verdict().text().startsWith(poisoned)).count());
        told.put("doubted", audit.classes().stream().filter(c -> c.verdict().text().startsWith("cannot tell")).count());
        told.put("spectral", top(spectral, images.labels(), target, (int)Math.round(MULTIPLE * poison), set));
    }

    /** @return number of poisons among so many images of the target with the highest scores */
    private static int top(final double[] scores, final int[] labels, final int target, final int count, final PoisonedSet set) {
        final var rows = new ArrayList<Integer>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == target) {
                rows.add(i);
            }
        }
        rows.sort((a, b) -> Double.compare(scores[b], scores[a]));
        return (int)rows.stream().limit(count).filter(i -> set.attack(i) >= 0).count();
    }
}
