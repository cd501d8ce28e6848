package org.spectralsignatures.spark.extract;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.spectralsignatures.spark.Refusal;
import org.spectralsignatures.spark.step.InputFiles;

/**
 * A network's file on its way to the executors, each of which keeps a copy in its folder for temporary files as long as it lives.
 *
 * @param name of the file
 * @param key another one for another file
 * @param content of the file
 */
public record SentNetwork(String name, String key, Broadcast<byte[]> content) implements Serializable {

    /** Beyond it a file does not fit an array. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - 64L;

    /** The copies of this process. */
    private static final Map<String, Path> COPIES = new HashMap<>();

    /**
     * @param context of Spark
     * @param place of a file on any of Hadoop's file systems
     * @return it, ready to be sent
     * @throws Refusal if it is too large
     */
    public static SentNetwork of(final JavaSparkContext context, final String place) throws IOException {
        final InputFiles found = InputFiles.of(place, context.hadoopConfiguration());
        final var path = new org.apache.hadoop.fs.Path(place);
        final FileSystem files = path.getFileSystem(context.hadoopConfiguration());
        if (!files.getFileStatus(path).isFile()) {
            throw new Refusal("'%s' is a folder, but must be the file of a network.".formatted(place));
        }
        if (found.bytes() > MOST_BYTES) {
            throw new Refusal(String.format(Locale.ROOT, "'%s' has %,d bytes; networks of at most %,d can be sent.", place, found.bytes(), MOST_BYTES));
        }
        try (var in = files.open(path)) {
            return new SentNetwork(path.getName(), found.key(), context.broadcast(in.readAllBytes()));
        }
    }

    /** @return a copy of the file on this machine; the same one in each call */
    public Path file() {
        synchronized (COPIES) {
            return COPIES.computeIfAbsent(key, k -> {
                try {
                    final Path copy = Files.createTempDirectory("spectralsignatures-network-").resolve(name);
                    copy.getParent().toFile().deleteOnExit();
                    copy.toFile().deleteOnExit();
                    return Files.write(copy, content.value());
                } catch (IOException e) {
                    throw new IllegalStateException("The network cannot be copied to this machine: " + e, e);
                }
            });
        }
    }
}
