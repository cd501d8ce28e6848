package org.spectralsignatures.host.tests.fuzz;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives mutants to a reader and holds it to its promise: it reads them, or says in one message that names the file what is
 * wrong, in good time. A JVM that dies or a heap that runs out ends the test run itself. The system property
 * {@code spectralsignatures.fuzz} (default 1) multiplies the number of mutants; mutants that break the promise are kept in the
 * folder that {@code spectralsignatures.fuzz.keep} names.
 */
final class Fuzz {

    /** What is given a file. */
    interface Reader {

        /** @throws Exception with a message for the user */
        void read(Path file) throws Exception;
    }

    private static final int SECONDS = 10;

    private final Path m_folder;

    private final String m_name;

    /**
     * @param folder where the mutants are written
     * @param name of each mutant's file, which messages are to hold
     */
    Fuzz(final Path folder, final String name) {
        m_folder = folder;
        m_name = name;
    }

    /**
     * @param count mutants, before the property multiplies them
     * @param mutants of one kind of file
     * @param expected the exceptions that say what is wrong with a file
     * @param reader what they are given to
     * @return how many were refused
     */
    @SafeVarargs
    final int run(final int count, final Mutants mutants, final Reader reader, final Class<? extends Exception>... expected) throws Exception {
        final var threads = Executors.newCachedThreadPool(r -> {
            final var thread = new Thread(r, "Fuzz");
            thread.setDaemon(true);
            return thread;
        });
        int refused = 0;
        final int all = count * Integer.getInteger("spectralsignatures.fuzz", 1);
        for (int i = 0; i < all; i++) {
            final byte[] mutant = mutants.next();
            final Path file = Files.write(m_folder.resolve(m_name), mutant);
            final Callable<Void> call = () -> {
                reader.read(file);
                return null;
            };
            try {
                threads.submit(call).get(SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                fail(keep(mutant, i) + " was still read after " + SECONDS + " s", e);
            } catch (ExecutionException e) {
                check(e.getCause(), mutant, i, expected);
                refused++;
            }
        }
        threads.shutdown();
        return refused;
    }

    private void check(final Throwable e, final byte[] mutant, final int number, final Class<? extends Exception>[] expected) throws Exception {
        for (Class<? extends Exception> type : expected) {
            if (type.isInstance(e)) {
                if (e.getMessage() == null || !e.getMessage().contains(m_name)) {
                    fail(keep(mutant, number) + " gave a message that does not name it: " + e.getMessage(), e);
                }
                return;
            }
        }
        fail(keep(mutant, number) + " ended in " + e, e);
    }

    private String keep(final byte[] mutant, final int number) throws Exception {
        final String name = m_name + "." + number;
        final String folder = System.getProperty("spectralsignatures.fuzz.keep");
        if (folder != null) {
            Files.write(Files.createDirectories(Path.of(folder)).resolve(name), mutant);
        }
        return "Mutant " + name;
    }
}
