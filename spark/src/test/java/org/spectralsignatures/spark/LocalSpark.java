package org.spectralsignatures.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Spark on two threads of this process, the same for all tests. */
public final class LocalSpark {

    private static SparkSession session;

    private LocalSpark() {
    }

    /** @return it, started by the first call */
    public static synchronized SparkSession get() {
        if (session == null) {
            session = SparkSession.builder().config(new SparkConf().setMaster("local[2]").setAppName("tests").set("spark.ui.enabled", "false")
                .set("spark.sql.shuffle.partitions", "3").set("spark.sql.adaptive.enabled", "false").set("spark.sql.codegen.wholeStage", "false")
                .set("spark.driver.bindAddress", "127.0.0.1").set("spark.driver.host", "127.0.0.1")).getOrCreate();
        }
        return session;
    }

    /** Runs a command. */
    interface Command {
        void run(SparkSession spark, List<String> words, PrintStream out) throws IOException;
    }

    /** @return what the command printed */
    static String run(final Command command, final String... words) throws IOException {
        final var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            command.run(get(), List.of(words), out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** @return the rows of a table by their id */
    static Map<String, Row> byId(final Path folder) {
        final Map<String, Row> rows = new HashMap<>();
        get().read().parquet(folder.toString()).collectAsList().forEach(row -> rows.put(row.getAs("id"), row));
        return rows;
    }

    /** @return the rows of a table by their label */
    static Map<String, Row> byLabel(final Path folder) {
        final Map<String, Row> rows = new HashMap<>();
        get().read().parquet(folder.toString()).collectAsList().forEach(row -> rows.put(row.getAs("Label"), row));
        return rows;
    }
}
