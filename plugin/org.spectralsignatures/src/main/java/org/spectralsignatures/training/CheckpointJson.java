package org.spectralsignatures.training;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.network.file.CheckpointZip;
import org.spectralsignatures.network.file.NetworkFormatException;
import org.spectralsignatures.network.file.NewerFormatException;
import org.spectralsignatures.network.file.StrictJson;

/**
 * A {@link Checkpoint} as JSON: an object with {@code format} and {@code version}, and the fields of the record. An epoch of the history is a list of its
 * numbers, null where there is none.
 */
final class CheckpointJson {

    private static final String FORMAT = "spectral-signatures-checkpoint";

    /** Changes whenever an older version could not read what this one writes. */
    private static final int VERSION = 1;

    private static final String[] POSITION = {"epoch", "step", "loss", "images", "correct", "seconds"};

    private static final String[] RESUMPTION = {"epoch", "step", "written"};

    private static final String[] SURROUNDINGS = {"version", "machine", "java"};

    private static final int NUMBERS = 7;

    private static final int MAX_FACTS = 100;

    private CheckpointJson() {
    }

    /** @return a checkpoint as a tree of JSON */
    static Map<String, Object> tree(final Checkpoint checkpoint) {
        final Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", FORMAT);
        root.put("version", VERSION);
        root.put("number", checkpoint.number());
        root.put("written", checkpoint.written().toString());
        root.put("fingerprint", checkpoint.fingerprint().facts());
        final Surroundings at = checkpoint.surroundings();
        root.put("surroundings", fields(SURROUNDINGS, at.version(), at.machine(), at.java()));
        final Position p = checkpoint.position();
        root.put("position", fields(POSITION, p.epoch(), p.step(), p.loss(), p.images(), p.correct(), p.seconds()));
        root.put("history", checkpoint.history().stream().map(CheckpointJson::numbers).toList());
        root.put("resumptions", checkpoint.resumptions().stream().map(r -> fields(RESUMPTION, r.epoch(), r.step(), r.written().toString())).toList());
        return root;
    }

    private static Map<String, Object> fields(final String[] names, final Object... values) {
        final Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            map.put(names[i], values[i]);
        }
        return map;
    }

    private static List<Object> numbers(final EpochResult e) {
        return Arrays.asList(e.epoch(), e.learningRate(), e.loss(), e.accuracy(), known(e.validationLoss()), known(e.validationAccuracy()), e.seconds());
    }

    private static Double known(final double value) {
        return Double.isNaN(value) ? null : value;
    }

    /**
     * @param root a tree of JSON
     * @return the checkpoint
     * @throws NetworkFormatException if it is none; the message says where
     */
    static Checkpoint parse(final Object root) throws IOException {
        checkVersion(root);
        StrictJson.checkFields(CheckpointZip.TEXT, root, "format", "version", "number", "written", "fingerprint", "surroundings", "position", "history", "resumptions");
        final Position position = position(StrictJson.at(root, "position"));
        final List<EpochResult> history = history(StrictJson.at(root, "history"));
        if (history.size() != position.epoch() - 1) {
            throw new NetworkFormatException("%s has %d epochs of history before epoch %d".formatted(CheckpointZip.TEXT, history.size(), position.epoch()));
        }
        return new Checkpoint(StrictJson.integer(where("number"), StrictJson.at(root, "number"), 1), time(where("written"), StrictJson.at(root, "written")),
            fingerprint(StrictJson.at(root, "fingerprint")), surroundings(StrictJson.at(root, "surroundings")), position, history,
            resumptions(StrictJson.at(root, "resumptions")));
    }

    private static String where(final String field) {
        return CheckpointZip.TEXT + ", " + field;
    }

    /** First of all, since a later version may have other fields. */
    private static void checkVersion(final Object root) throws NetworkFormatException {
        final Object format = StrictJson.at(root, "format");
        if (!FORMAT.equals(format)) {
            throw new NetworkFormatException("%s must be '%s', but is %s".formatted(where("format"), FORMAT, StrictJson.shown(format)));
        }
        final int version = StrictJson.integer(where("version"), StrictJson.at(root, "version"), 1);
        if (version > VERSION) {
            throw new NewerFormatException("it was written by a later version of Spectral Signatures (format %d; this one reads up to %d): update the extension"
                .formatted(version, VERSION));
        }
    }

    private static Instant time(final String where, final Object node) throws NetworkFormatException {
        try {
            return Instant.parse(StrictJson.text(where, node));
        } catch (DateTimeException e) {
            throw new NetworkFormatException("%s is no time, but %s".formatted(where, StrictJson.shown(node)));
        }
    }

    private static Fingerprint fingerprint(final Object node) throws NetworkFormatException {
        final Map<?, ?> map = StrictJson.object(where("fingerprint"), node);
        if (map.size() > MAX_FACTS) {
            throw new NetworkFormatException("%s has %d facts, but may have %d".formatted(where("fingerprint"), map.size(), MAX_FACTS));
        }
        final Map<String, String> facts = new LinkedHashMap<>();
        for (Map.Entry<?, ?> fact : map.entrySet()) {
            facts.put((String)fact.getKey(), StrictJson.text(where("fingerprint"), fact.getValue()));
        }
        return new Fingerprint(facts);
    }

    private static Surroundings surroundings(final Object node) throws NetworkFormatException {
        final String where = where("surroundings");
        StrictJson.checkFields(where, node, SURROUNDINGS);
        return new Surroundings(StrictJson.text(where, StrictJson.at(node, SURROUNDINGS[0])), StrictJson.text(where, StrictJson.at(node, SURROUNDINGS[1])),
            StrictJson.text(where, StrictJson.at(node, SURROUNDINGS[2])));
    }

    private static Position position(final Object node) throws NetworkFormatException {
        final String where = where("position");
        StrictJson.checkFields(where, node, POSITION);
        final var position = new Position(StrictJson.integer(where + ".epoch", StrictJson.at(node, "epoch"), 1),
            StrictJson.integer(where + ".step", StrictJson.at(node, "step"), 0), atLeast0(where + ".loss", StrictJson.at(node, "loss")),
            StrictJson.whole(where + ".images", StrictJson.at(node, "images")), StrictJson.whole(where + ".correct", StrictJson.at(node, "correct")),
            atLeast0(where + ".seconds", StrictJson.at(node, "seconds")));
        if (position.correct() < 0 || position.correct() > position.images() || position.step() > position.images()) {
            throw new NetworkFormatException("%s has %d steps, %d images and %d that were right, which cannot be".formatted(where, position.step(), position.images(),
                position.correct()));
        }
        return position;
    }

    private static double atLeast0(final String where, final Object node) throws NetworkFormatException {
        final double value = StrictJson.number(where, node);
        if (value < 0) {
            throw new NetworkFormatException("%s must not be below 0, but is %s".formatted(where, StrictJson.shown(node)));
        }
        return value;
    }

    private static List<EpochResult> history(final Object node) throws NetworkFormatException {
        final var history = new ArrayList<EpochResult>();
        for (Object epoch : StrictJson.list(where("history"), node)) {
            final String where = "%s[%d]".formatted(where("history"), history.size());
            final List<?> numbers = StrictJson.list(where, epoch);
            if (numbers.size() != NUMBERS || StrictJson.integer(where, numbers.get(0), 1) != history.size() + 1) {
                throw new NetworkFormatException("%s must be epoch %d with %d numbers, but is %s".formatted(where, history.size() + 1, NUMBERS, StrictJson.shown(epoch)));
            }
            history.add(new EpochResult(history.size() + 1, atLeast0(where, numbers.get(1)), atLeast0(where, numbers.get(2)), atLeast0(where, numbers.get(3)),
                unlessNull(where, numbers.get(4)), unlessNull(where, numbers.get(5)), atLeast0(where, numbers.get(6))));
        }
        return history;
    }

    private static double unlessNull(final String where, final Object node) throws NetworkFormatException {
        return node == null ? Double.NaN : atLeast0(where, node);
    }

    private static List<Resumption> resumptions(final Object node) throws NetworkFormatException {
        final var resumptions = new ArrayList<Resumption>();
        for (Object resumption : StrictJson.list(where("resumptions"), node)) {
            final String where = "%s[%d]".formatted(where("resumptions"), resumptions.size());
            StrictJson.checkFields(where, resumption, RESUMPTION);
            resumptions.add(new Resumption(StrictJson.integer(where + ".epoch", StrictJson.at(resumption, "epoch"), 1),
                StrictJson.integer(where + ".step", StrictJson.at(resumption, "step"), 0), time(where + ".written", StrictJson.at(resumption, "written"))));
        }
        return resumptions;
    }
}
