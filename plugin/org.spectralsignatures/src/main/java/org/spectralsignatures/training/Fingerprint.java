package org.spectralsignatures.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.NetworkOptions;

/**
 * All that decides the outcome of a training: images and labels in their order, options, and the engine. Two trainings of one fingerprint give the same
 * network on one machine.
 *
 * @param facts by name, in words; of data a SHA-256
 */
record Fingerprint(Map<String, String> facts) {

    private static final int ID_BYTES = 8;

    private static final String NONE = "none";

    private static final int DIGITS = 8;

    Fingerprint {
        facts = Map.copyOf(facts);
    }

    /**
     * @param training images
     * @param validation images, null for none
     * @param network its options
     * @param options of the training
     * @param engine that trains
     * @param monitor asked once an image
     */
    static Fingerprint of(final ImageDataset training, final ImageDataset validation, final NetworkOptions network, final TrainingOptions options,
        final Engine engine, final TaskMonitor monitor) throws TaskCancelledException {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("training images", images(training, monitor));
        facts.put("labels", labels(training));
        facts.put("validation images", validation == null ? NONE : images(validation, monitor));
        facts.put("validation labels", validation == null ? NONE : labels(validation));
        facts.put("network", "%s, %s, SHA-256 %s".formatted(network.describe(), network.shape().describe(), hex(digest().digest(utf8(network.plan().toString())))));
        facts.put("weight decay", Double.toString(network.weightDecay()));
        facts.put("seed of the first weights", Long.toString(network.seed()));
        facts.put("epochs", Integer.toString(options.epochs()));
        facts.put("batch size", Integer.toString(options.batchSize()));
        facts.put("schedule", options.schedule().name());
        facts.put("learning rate", Double.toString(options.learningRate()));
        facts.put("momentum", Double.toString(options.momentum()));
        facts.put("augmentation", options.augmentation().name());
        facts.put("seed", Long.toString(options.seed()));
        facts.put("training accuracy that ends it", options.mayEndEarly() ? Double.toString(options.enough()) : NONE);
        facts.put("engine", "%s (%s)".formatted(engine.name(), engine.describe()));
        return new Fingerprint(facts);
    }

    private static String images(final ImageDataset images, final TaskMonitor monitor) throws TaskCancelledException {
        final MessageDigest digest = digest();
        final var pixels = new byte[images.shape().size()];
        for (int i = 0; i < images.size(); i++) {
            if (i % 1000 == 0) {
                monitor.progress(0, "Telling the images from others, for checkpoints: %,d of %,d".formatted(i, images.size()));
            }
            monitor.checkCancelled();
            images.copyPixels(i, pixels, 0);
            digest.update(pixels);
        }
        return "%d of %s, SHA-256 %s".formatted(images.size(), images.shape().describe(), hex(digest.digest()));
    }

    private static String labels(final ImageDataset images) {
        final MessageDigest digest = digest();
        for (String name : images.classes()) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, utf8(name).length));
            digest.update(utf8(name));
        }
        for (int i = 0; i < images.size(); i++) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, images.label(i)));
        }
        return "%d classes, SHA-256 %s".formatted(images.classes().size(), hex(digest.digest()));
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(final byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** @return 16 hexadecimal digits of all of it, for names of files */
    String id() {
        final MessageDigest digest = digest();
        facts.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(fact -> digest.update(utf8(fact.getKey() + "\n" + fact.getValue() + "\n")));
        return hex(digest.digest()).substring(0, 2 * ID_BYTES);
    }

    /**
     * @param here another fingerprint
     * @return what differs, for example {@code seed (1 there, 2 here)}; empty if nothing does
     */
    List<String> differences(final Fingerprint here) {
        final var differences = new ArrayList<String>();
        final var names = new TreeSet<>(facts.keySet());
        names.addAll(here.facts.keySet());
        for (String name : names) {
            final String there = shown(facts.getOrDefault(name, NONE));
            if (!facts.getOrDefault(name, NONE).equals(here.facts.getOrDefault(name, NONE))) {
                differences.add("%s (%s there, %s here)".formatted(name, there, shown(here.facts.getOrDefault(name, NONE))));
            }
        }
        return differences;
    }

    /** Of a SHA-256 the first digits tell enough. */
    private static String shown(final String fact) {
        return fact.replaceAll("(SHA-256 [0-9a-f]{%d})[0-9a-f]+".formatted(DIGITS), "$1");
    }
}
