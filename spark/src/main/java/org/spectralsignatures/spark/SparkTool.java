package org.spectralsignatures.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The program for {@code spark-submit} and {@code run-spark}. Status codes: 0 done, 2 wrong arguments or input, 4 a step failed. */
public final class SparkTool {

    private static final String USAGE = """
        Spectral signatures on Apache Spark. Commands:
        %s%s%s%s
        Places are local (file:///... or, without a cluster, any path) or lie on any of Hadoop's file systems (hdfs://..., s3a://...).
        A command that is run again goes on where it was interrupted. docs/Spark.md says more.
        """;

    private SparkTool() {
    }

    /** @param arguments a command, its places and options */
    public static void main(final String[] arguments) {
        final int status = run(arguments, System.out);
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(final String[] arguments, final PrintStream out) {
        final List<String> words = Arrays.asList(arguments);
        if (words.isEmpty() || words.contains("--help") || words.contains("-h") || words.contains("-help")) {
            out.printf(USAGE, ExtractCommand.USAGE.indent(2), ScoreCommand.USAGE.indent(2), RemoveCommand.USAGE.indent(2),
                AuditCommand.USAGE.indent(2));
            return words.isEmpty() ? 2 : 0;
        }
        try {
            command(words.get(0)); // before Spark starts
        } catch (Refusal e) {
            System.err.println("ERROR  " + e.getMessage());
            return 2;
        }
        final SparkSession spark = session(words.get(0)); // closing it throws another exception in Spark 4 than in 3.5
        try {
            return run(spark, arguments, out);
        } finally {
            spark.stop();
        }
    }

    /**
     * Runs a command on a session of the caller's.
     *
     * @param spark stays open
     * @param arguments a command, its places and options
     * @param out is told what comes of it
     * @return the status code
     */
    public static int run(final SparkSession spark, final String[] arguments, final PrintStream out) {
        final List<String> words = Arrays.asList(arguments);
        try {
            command(words.get(0)).run(spark, words.subList(1, words.size()), out);
            return 0;
        } catch (Exception e) { // NOSONAR Scala throws checked exceptions that it does not declare
            final Refusal refusal = refusal(e);
            if (refusal != null) {
                System.err.println("ERROR  " + refusal.getMessage());
                return 2;
            }
            e.printStackTrace();
            System.err.println("ERROR  The step did not finish. Run the same command again: it goes on behind the steps that are finished.");
            return 4;
        }
    }

    private interface Command {
        void run(SparkSession spark, List<String> words, PrintStream out) throws IOException;
    }

    private static Command command(final String name) {
        return switch (name) {
            case ExtractCommand.NAME -> ExtractCommand::run;
            case ScoreCommand.NAME -> ScoreCommand::run;
            case RemoveCommand.NAME -> RemoveCommand::run;
            case AuditCommand.NAME -> AuditCommand::run;
            default -> throw new Refusal("There is no command '%s'. There are: %s, %s, %s, %s.".formatted(name, ExtractCommand.NAME, ScoreCommand.NAME,
                RemoveCommand.NAME, AuditCommand.NAME));
        };
    }

    private static Refusal refusal(final Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal;
            }
        }
        return null;
    }

    /** All processors of this machine, unless spark-submit or a system property says something else. */
    private static SparkSession session(final String command) {
        final var conf = new SparkConf().setIfMissing("spark.master", "local[*]").setIfMissing("spark.app.name", "Spectral signatures: " + command)
            .setIfMissing("spark.driver.maxResultSize", "0");
        return SparkSession.builder().config(conf).getOrCreate();
    }
}
