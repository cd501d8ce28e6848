package org.spectralsignatures.network;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.TreeSet;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.spectralsignatures.training.CountingCrossEntropy;
import org.spectralsignatures.training.HeavyBall;
import org.spectralsignatures.training.RateSchedule;
import org.spectralsignatures.training.Schedule;

/**
 * The {@code configuration.json} of a saved network. DL4J would make objects of whatever classes it names; here it is only compared:
 * the network is built anew from its description, with the few numbers of the training that the description lacks, and what was saved
 * must be that network's configuration.
 */
final class SavedConfiguration {

    private static final String NAME = NetworkFile.CONFIGURATION;

    private final JsonNode root;

    private final JsonNode conf;

    private SavedConfiguration(final JsonNode root) {
        this.root = root;
        conf = root.path("vertices").path(GraphParts.SOFTMAX).path("layerConf");
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
     * @param description of the same network
     * @return the configuration of the network as it is described
     * @throws NetworkFormatException if the description is that of no network, or a number of the training is out of range
     */
    ComputationGraphConfiguration rebuild(final NetworkDescription description) throws NetworkFormatException {
        final var updater = new HeavyBall(number("iupdater", "momentum"), new RateSchedule(schedule(), number("iupdater", "schedule", "peak"),
            StrictJson.integer(at("schedule.steps"), layer("iupdater", "schedule", "steps"), 1)));
        final JsonNode seed = conf.path("seed");
        if (!seed.canConvertToLong() || !seed.isIntegralNumber()) {
            throw new NetworkFormatException("%s must be a whole number, but is %s".formatted(at("seed"), StrictJson.shown(seed)));
        }
        final double decay = layer("regularization").isEmpty() ? 0 : StrictJson.number(at("l2"), layer("regularization").path(0).path("l2").path("value"));
        final NetworkOptions options;
        try {
            options = DescribedArchitecture.of(description, decay, seed.longValue());
        } catch (IllegalArgumentException e) {
            throw new NetworkFormatException("%s describes no network: %s".formatted(NetworkFile.DESCRIPTION, e.getMessage()));
        }
        final var rebuilt = options.configuration(updater, new CountingCrossEntropy());
        rebuilt.setIterationCount(StrictJson.integer(at("iterationCount"), root.get("iterationCount"), 0));
        rebuilt.setEpochCount(StrictJson.integer(at("epochCount"), root.get("epochCount"), 0));
        return rebuilt;
    }

    private Schedule schedule() throws NetworkFormatException {
        final String name = StrictJson.text(at("schedule.shape"), layer("iupdater", "schedule", "shape"));
        for (Schedule schedule : Schedule.values()) {
            if (schedule.name().equals(name)) {
                return schedule;
            }
        }
        throw new NetworkFormatException("%s is '%s', which is no schedule".formatted(at("schedule.shape"), name));
    }

    private double number(final String... path) throws NetworkFormatException {
        return StrictJson.number(at(path[path.length - 1]), layer(path));
    }

    /** A field of the last layer, which all architectures share. */
    private JsonNode layer(final String... path) {
        JsonNode node = conf.path("layer");
        for (String name : path) {
            node = node.path(name);
        }
        return node;
    }

    private static String at(final String field) {
        return NAME + ", " + field;
    }

    /**
     * @param network made from {@link #rebuild}, initialised
     * @throws NetworkFormatException if it is configured otherwise than what was saved; the message says where
     */
    void check(final ComputationGraph network) throws NetworkFormatException {
        compare("", root, StrictJson.parse(NAME, network.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8)));
    }

    private static void compare(final String where, final JsonNode saved, final JsonNode right) throws NetworkFormatException {
        if (saved.isObject() && right.isObject()) {
            final var names = new TreeSet<String>();
            for (final Iterator<String> i = saved.fieldNames(); i.hasNext();) {
                names.add(i.next());
            }
            right.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(where + (where.isEmpty() ? "" : ".") + name, saved.path(name), right.path(name));
            }
        } else if (saved.isArray() && right.isArray() && saved.size() == right.size()) {
            for (int i = 0; i < saved.size(); i++) {
                compare(where + "[" + i + "]", saved.get(i), right.get(i));
            }
        } else if (!saved.equals(right)) {
            throw new NetworkFormatException("%s does not fit %s: %s is %s, but must be %s".formatted(NAME, NetworkFile.DESCRIPTION,
                where.length() > 200 ? where.substring(0, 200) : where.isEmpty() ? "it" : where, StrictJson.shown(saved), StrictJson.shown(right)));
        }
    }
}
