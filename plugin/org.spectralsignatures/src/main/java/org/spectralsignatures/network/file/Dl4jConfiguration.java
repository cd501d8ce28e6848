package org.spectralsignatures.network.file;

import java.util.List;

import org.spectralsignatures.network.DescribedArchitecture;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.NetworkOptions;
import org.spectralsignatures.network.TrainingRecord;

/**
 * The {@code configuration.json} of a network that an earlier version saved: what DL4J says of it. No class is made because the file names it: the file is only
 * compared. The network is built anew from its description, with the few numbers of the training that the description lacks, and what was
 * saved must be that network's configuration.
 */
final class Dl4jConfiguration {

    private static final String NAME = Dl4jFormat.CONFIGURATION;

    private static final String SOFTMAX = "softmax";

    private final Object root;

    private final Object conf;

    private Dl4jConfiguration(final Object root) {
        this.root = root;
        conf = StrictJson.at(root, "vertices", SOFTMAX, "layerConf");
    }

    /**
     * @param utf8 JSON
     * @return the configuration, to be compared
     * @throws NetworkFormatException if it is no JSON
     */
    static Dl4jConfiguration parse(final byte[] utf8) throws NetworkFormatException {
        return new Dl4jConfiguration(StrictJson.parse(NAME, utf8));
    }

    /**
     * @param options that make the network
     * @return the numbers of the training
     * @throws NetworkFormatException if one is missing or out of range
     */
    TrainingRecord record(final NetworkOptions options) throws NetworkFormatException {
        final String schedule = StrictJson.text(at("schedule.shape"), layer("iupdater", "schedule", "shape"));
        if (!TrainingRecord.SCHEDULES.contains(schedule)) {
            throw new NetworkFormatException("%s is '%s', which is no schedule".formatted(at("schedule.shape"), schedule));
        }
        StrictJson.integer(at("epochCount"), StrictJson.at(root, "epochCount"), 0);
        return new TrainingRecord(options.seed(), options.weightDecay(), number("iupdater", "momentum"), schedule, number("iupdater", "schedule", "peak"),
            StrictJson.integer(at("schedule.steps"), layer("iupdater", "schedule", "steps"), 1),
            StrictJson.integer(at("iterationCount"), StrictJson.at(root, "iterationCount"), 0));
    }

    /**
     * @param description of the same network
     * @return the options that make it
     * @throws NetworkFormatException if the description is that of no network, or a number of the training is out of range
     */
    NetworkOptions options(final NetworkDescription description) throws NetworkFormatException {
        final long seed = StrictJson.whole(at("seed"), StrictJson.at(conf, "seed"));
        final Object penalties = layer("regularization");
        final double decay = penalties instanceof List<?> list && !list.isEmpty()
            ? StrictJson.number(at("l2"), StrictJson.at(penalties, 0, "l2", "value")) : 0;
        try {
            return DescribedArchitecture.of(description, decay, seed);
        } catch (IllegalArgumentException e) {
            throw new NetworkFormatException("%s describes no network: %s".formatted(Dl4jFormat.DESCRIPTION, e.getMessage()));
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
        StrictJson.compare(NAME, Dl4jFormat.DESCRIPTION, root, new Dl4jConfigurationTree(options, record).root());
    }
}
