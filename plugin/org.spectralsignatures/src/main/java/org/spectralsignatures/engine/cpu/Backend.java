package org.spectralsignatures.engine.cpu;

import org.deeplearning4j.config.DL4JClassLoading;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.spectralsignatures.engine.cpu.kernels.OneDnn;

/**
 * Starts ND4J once, with what DL4J needs to be fast, and makes its classes and ours visible to it for as long as a call
 * lasts: {@code try (var scope = Backend.enter()) { ... }}.
 */
public final class Backend implements AutoCloseable {

    private static boolean started;

    private final ClassLoader previous;

    private Backend() {
        final var thread = Thread.currentThread();
        previous = thread.getContextClassLoader();
        thread.setContextClassLoader(Backend.class.getClassLoader());
    }

    /**
     * Starts the backend if need be and makes this bundle's class loader the context of the calling thread.
     *
     * @return a scope whose {@link #close()} restores the thread's context
     * @throws IllegalStateException if the native library cannot be loaded; the message says for which platform
     */
    public static Backend enter() {
        final var scope = new Backend();
        try {
            start();
        } catch (RuntimeException | Error e) { // NOSONAR the context class loader must be restored
            scope.close();
            throw e;
        }
        return scope;
    }

    private static synchronized void start() {
        if (started) {
            return;
        }
        NativeFolder.choose();
        // DL4J 1.0.0-M2.1 ignores oneDNN unless told not to
        System.setProperty("org.eclipse.deeplearning4j.helpers.disable", "false");
        System.setProperty("org.nd4j.log.initialization", "false");
        ND4JClassLoading.setNd4jClassloader(Nd4j.class.getClassLoader());
        DL4JClassLoading.setDl4jClassloader(ComputationGraph.class.getClassLoader());
        try {
            Nd4j.create(1).close();
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalStateException("The numeric library ND4J could not be started on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ": " + rootMessage(e), e);
        }
        started = true;
    }

    private static String rootMessage(final Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** @return backend, its version and the library of the convolutions, for example {@code CPU, ND4J 1.0.0-M2.1, oneDNN} */
    public static String describe() {
        try (var scope = enter()) {
            final Object backend = Nd4j.getExecutioner().getEnvironmentInformation().get("backend");
            final String version = Nd4j.class.getPackage().getImplementationVersion();
            return backend + ", ND4J " + (version == null ? "1.0.0-M2.1" : version)
                + (OneDnn.available() ? ", oneDNN" : "");
        }
    }

    @Override
    public void close() {
        Thread.currentThread().setContextClassLoader(previous);
    }
}
