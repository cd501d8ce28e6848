package org.spectralsignatures.benchmarks.gpu;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Checks an engine, one part a call: {@code cuda|emulated PART FOLDER}, where the parts are {@code what}, which says what is checked, those of {@link Parts}, {@code speed},
 * and {@code training}, which is the speed of training alone. {@code cpu record FOLDER} writes what the processor gives. Ends with 0 if all is well, 1 if something is not,
 * 2 if the engine cannot run.
 */
public final class Check {

    private Check() {
    }

    public static void main(final String[] arguments) throws Exception { // NOSONAR
        Locale.setDefault(Locale.ROOT);
        final Checked checked = Checked.of(arguments[0]);
        final Path folder = Path.of(arguments[2]);
        final String problem = checked.problem();
        if (!problem.isEmpty()) {
            System.out.println(problem);
            System.exit(2);
        }
        System.exit(run(checked, arguments[1], folder));
    }

    private static int run(final Checked checked, final String part, final Path folder) throws Exception { // NOSONAR
        switch (part) {
            case "what" -> System.out.println(checked.open().describe());
            case "record" -> {
                Records.make(folder, Sizes.FULL);
                Records.make(folder.resolve("tiny"), Sizes.TINY);
            }
            case "speed", "training" -> new Speed(checked.open(), checked.sizes(), folder).measure(part.equals("speed"));
            default -> {
                return check(new Parts(checked, folder), part);
            }
        }
        return 0;
    }

    private static int check(final Parts parts, final String name) {
        final long start = System.nanoTime();
        String result;
        boolean good = true;
        try {
            result = parts.run(name);
        } catch (Exception | LinkageError | AssertionError | OutOfMemoryError e) { // NOSONAR told
            good = false;
            final Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
            result = String.valueOf(cause.getMessage() == null ? cause : cause.getMessage()).lines().limit(3).reduce((a, b) -> a + " | " + b).orElse("");
        }
        System.out.printf("%-6s %s: %s (%.1f s)%n", good ? "ok" : "FAILED", name, result, (System.nanoTime() - start) / 1e9);
        return good ? 0 : 1;
    }
}
