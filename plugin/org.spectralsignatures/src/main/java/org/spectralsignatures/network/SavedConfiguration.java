package org.spectralsignatures.network;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The {@code configuration.json} of a saved network: what DL4J says of it. No class is made because the file names it: the file is only
 * compared. The network is built anew from its description, with the few numbers of the training that the description lacks, and what was
 * saved must be that network's configuration.
 */
final class SavedConfiguration {

    private static final String NAME = NetworkFile.CONFIGURATION;

    private static final String SOFTMAX = "softmax";

    private final Object root;

    private final Object conf;

    private SavedConfiguration(final Object root) {
        this.root = root;
        conf = StrictJson.at(root, "vertices", SOFTMAX, "layerConf");
    }

    /**
     * @param options that make a network
     * @param record of its training
     * @return JSON
     */
    static String write(final NetworkOptions options, final TrainingRecord record) {
        return JsonText.write(new ConfigurationTree(options, record).root());
    }

    /**
     * @param utf8 JSON
     * @return the configuration, to be compared
     * @throws NetworkFormatException if it is no JSON
     */
    static SavedConfiguration parse(final byte[] utf8) throws NetworkFormatException {
        return new SavedConfiguration(StrictJson.parse(NAME, utf8));
    }

    /**
     * @return the numbers of the training
     * @throws NetworkFormatException if one is missing or out of range
     */
    TrainingRecord record() throws NetworkFormatException {
        final String schedule = StrictJson.text(at("schedule.shape"), layer("iupdater", "schedule", "shape"));
        if (!TrainingRecord.SCHEDULES.contains(schedule)) {
            throw new NetworkFormatException("%s is '%s', which is no schedule".formatted(at("schedule.shape"), schedule));
        }
        StrictJson.integer(at("epochCount"), StrictJson.at(root, "epochCount"), 0);
        return new TrainingRecord(number("iupdater", "momentum"), schedule, number("iupdater", "schedule", "peak"),
            StrictJson.integer(at("schedule.steps"), layer("iupdater", "schedule", "steps"), 1),
            StrictJson.integer(at("iterationCount"), StrictJson.at(root, "iterationCount"), 0));
    }

    /**
     * @param description of the same network
     * @return the options that make it
     * @throws NetworkFormatException if the description is that of no network, or a number of the training is out of range
     */
    NetworkOptions options(final NetworkDescription description) throws NetworkFormatException {
        final Object seed = StrictJson.at(conf, "seed");
        if (!(seed instanceof Integer || seed instanceof Long)) {
            throw new NetworkFormatException("%s must be a whole number, but is %s".formatted(at("seed"), StrictJson.shown(seed)));
        }
        final Object penalties = layer("regularization");
        final double decay = penalties instanceof List<?> list && !list.isEmpty()
            ? StrictJson.number(at("l2"), StrictJson.at(penalties, 0, "l2", "value")) : 0;
        try {
            return DescribedArchitecture.of(description, decay, ((Number)seed).longValue());
        } catch (IllegalArgumentException e) {
            throw new NetworkFormatException("%s describes no network: %s".formatted(NetworkFile.DESCRIPTION, e.getMessage()));
        }
    }

    private double number(final String... path) throws NetworkFormatException {
        return StrictJson.number(at(path[path.length - 1]), layer(path));
    }

    /** A field of the last layer, which all architectures share. */
    private Object layer(final String... path) {
        return StrictJson.at(StrictJson.at(conf, "layer"), (Object[])path);
    }

    private static String at(final String field) {
        return NAME + ", " + field;
    }

    /**
     * @param options that make the network
     * @param record of its training
     * @throws NetworkFormatException if it is configured otherwise than what was saved; the message says where
     */
    void check(final NetworkOptions options, final TrainingRecord record) throws NetworkFormatException {
        compare("", root, new ConfigurationTree(options, record).root());
    }

    private static void compare(final String where, final Object saved, final Object right) throws NetworkFormatException {
        if (saved instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            final var names = new TreeSet<Object>(a.keySet());
            names.addAll(b.keySet());
            for (Object name : names) {
                compare(where + (where.isEmpty() ? "" : ".") + name, StrictJson.at(saved, name), StrictJson.at(right, name));
            }
        } else if (saved instanceof List<?> a && right instanceof List<?> b && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                compare(where + "[" + i + "]", a.get(i), b.get(i));
            }
        } else if (saved == null ? right != null : !saved.equals(right)) {
            throw new NetworkFormatException("%s does not fit %s: %s is %s, but must be %s".formatted(NAME, NetworkFile.DESCRIPTION,
                where.length() > 200 ? where.substring(0, 200) : where.isEmpty() ? "it" : where, StrictJson.shown(saved), StrictJson.shown(right)));
        }
    }
}
