package org.spectralsignatures.network.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.DescribedArchitecture;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.TrainingRecord;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Step;

/**
 * The format of this version. Its {@code network.json} is an object with the fields
 * <ul>
 * <li>{@code format} and {@code version}: {@value #FORMAT} and the earliest version that reads the network, up to {@value #VERSION},
 * <li>{@code steps}: what the network computes, see {@link StepJson},
 * <li>{@code description}: shape of the images, classes, layers, default layer, provenance, and how the training went,
 * <li>{@code recipe}: the numbers of the training.
 * </ul>
 * Its {@code parameters.safetensors} is read by the Python package of that name, too, see {@link SafeTensors}.
 */
final class CurrentFormat {

    static final String FORMAT = "spectral-signatures-network";

    /** Changes whenever an older version could not read what this one writes; what it can read is written as of that version. */
    static final int VERSION = 2;

    /** Largest side of the square images of version 1, and what divides it. */
    private static final int FIRST_SIDE = 64;

    private static final int FIRST_FACTOR = 4;

    static final String NETWORK = "network.json";

    static final String PARAMETERS = "parameters.safetensors";

    /** Names of all entries. */
    static final Set<String> ENTRIES = Set.of(NETWORK, PARAMETERS);

    /** As many as the widest of our architectures has for its largest images. */
    private static final int MAX_VALUES = 1 << 24;

    /** The earliest that a zip file can tell, in place of the time at which it is written. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final String[] RECIPE = {"seed", "weightDecay", "momentum", "schedule", "peak", "steps", "done"};

    private CurrentFormat() {
    }

    static void write(final TrainedNetwork network, final Path file) throws IOException {
        try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            begin(zip, NETWORK);
            zip.write(JsonText.write(tree(network)).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.setLevel(Deflater.NO_COMPRESSION); // it would save 8 % of trained values
            begin(zip, PARAMETERS);
            SafeTensors.write(network.plan().parameters(), network.session().parameters(), zip);
            zip.closeEntry();
        }
    }

    /** Begins an entry without a time, so that the same content gives the same bytes. */
    static void begin(final ZipOutputStream zip, final String name) throws IOException {
        final var entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
    }

    private static Map<String, Object> tree(final TrainedNetwork network) {
        final Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", FORMAT);
        root.put("version", version(network.plan()));
        root.put("steps", StepJson.tree(network.plan().steps()));
        root.put("description", DescriptionJson.tree(network.description()));
        final TrainingRecord record = network.record();
        final Object[] numbers = {record.seed(), record.weightDecay(), record.momentum(), record.schedule(), record.peak(), record.steps(), record.done()};
        final Map<String, Object> recipe = new LinkedHashMap<>();
        for (int i = 0; i < RECIPE.length; i++) {
            recipe.put(RECIPE[i], numbers[i]);
        }
        root.put("recipe", recipe);
        return root;
    }

    /** The earliest version that reads a plan. */
    private static int version(final NetworkPlan plan) {
        ImageShape shape = plan.input();
        boolean first = shape.channels() == 3 && shape.height() == shape.width() && shape.height() <= FIRST_SIDE && shape.height() % FIRST_FACTOR == 0;
        for (Step step : plan.steps()) {
            final boolean convolution = step instanceof Step.Convolution some && !some.plain();
            final boolean unit = step instanceof Step.ResidualUnit some
                && (some.projection() || shape.height() % some.stride() != 0 || shape.width() % some.stride() != 0);
            first &= !convolution && !unit && !(step instanceof Step.PaddedMaxPooling);
            shape = step.output(shape);
        }
        return first ? 1 : VERSION;
    }

    static NetworkFile.Content read(final NetworkZip zip) throws IOException {
        final Object root = StrictJson.parse(NETWORK, zip.text(NETWORK));
        checkVersion(root);
        StrictJson.checkFields(NETWORK, root, "format", "version", "steps", "description", "recipe");
        final NetworkDescription description = DescriptionJson.parse(NETWORK + ", description", StrictJson.at(root, "description"));
        final TrainingRecord record = record(StrictJson.at(root, "recipe"));
        final NetworkPlan plan = plan(description, root);
        final FloatBuffer parameters = SafeTensors.read(zip, PARAMETERS, plan);
        return new NetworkFile.Content(description, plan, record, parameters);
    }

    /** First of all, since a later version may have other fields. */
    private static void checkVersion(final Object root) throws NetworkFormatException {
        final Object format = StrictJson.at(root, "format");
        if (!FORMAT.equals(format)) {
            throw new NetworkFormatException("%s, format must be '%s', but is %s".formatted(NETWORK, FORMAT, StrictJson.shown(format)));
        }
        final int version = StrictJson.integer(NETWORK + ", version", StrictJson.at(root, "version"), 1);
        if (version > VERSION) {
            throw new NewerFormatException("was saved by a later version of Spectral Signatures (format %d; this one reads up to %d): update the extension"
                .formatted(version, VERSION));
        }
    }

    private static NetworkPlan plan(final NetworkDescription description, final Object root) throws NetworkFormatException {
        try {
            final var plan = new NetworkPlan(description.shape(), StepJson.parse(NETWORK + ", steps", StrictJson.at(root, "steps")));
            DescribedArchitecture.check(description, plan);
            checkSizes(plan);
            return plan;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new NetworkFormatException("%s describes no network: %s".formatted(NETWORK, e.getMessage()));
        }
    }

    /** @throws IllegalArgumentException if a step gives more values than any of our architectures; the message says which */
    static void checkSizes(final NetworkPlan plan) {
        ImageShape shape = plan.input();
        for (Step step : plan.steps()) {
            shape = step.output(shape);
            if (shape.size() > MAX_VALUES) {
                throw new IllegalArgumentException("'%s' gives %d values an image, but may give %d".formatted(step.name(), shape.size(), MAX_VALUES));
            }
        }
    }

    private static TrainingRecord record(final Object node) throws NetworkFormatException {
        final String where = NETWORK + ", recipe";
        StrictJson.checkFields(where, node, RECIPE);
        final String schedule = StrictJson.text(where + ".schedule", StrictJson.at(node, "schedule"));
        if (!TrainingRecord.SCHEDULES.contains(schedule)) {
            throw new NetworkFormatException("%s.schedule is %s, which is no schedule".formatted(where, StrictJson.shown(schedule)));
        }
        return new TrainingRecord(StrictJson.whole(where + ".seed", StrictJson.at(node, "seed")), number(node, "weightDecay"), number(node, "momentum"),
            schedule, number(node, "peak"), StrictJson.integer(where + ".steps", StrictJson.at(node, "steps"), 1),
            StrictJson.integer(where + ".done", StrictJson.at(node, "done"), 0));
    }

    private static double number(final Object node, final String field) throws NetworkFormatException {
        return StrictJson.number("%s, recipe.%s".formatted(NETWORK, field), StrictJson.at(node, field));
    }
}
