package org.spectralsignatures.engine.cpu.kernels;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_default_flags;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.Loader;

/**
 * The native library oneDNN, loaded once. Where it is missing (it has no build for ARM Macs) or refuses to load,
 * {@link #available()} is false, a warning goes to the log, and convolutions run on ND4J's own operations.
 */
public final class OneDnn {

    private static final System.Logger LOGGER = System.getLogger(OneDnn.class.getName());

    /** Set to "false" to leave the library alone, for comparisons. */
    public static final String PROPERTY = "org.spectralsignatures.onednn";

    private static OneDnn instance;

    private static boolean tried;

    private static String problem = "";

    private final dnnl_engine engine = new dnnl_engine();

    private final dnnl_stream stream = new dnnl_stream();

    private OneDnn() {
        check(dnnl_engine_create(engine, dnnl_cpu, 0), "dnnl_engine_create");
        check(dnnl_stream_create(stream, engine, dnnl_stream_default_flags), "dnnl_stream_create");
    }

    /** @return whether convolutions run on oneDNN directly */
    public static boolean available() {
        return get() != null;
    }

    /** @return why the library cannot be used; empty if it can */
    public static synchronized String problem() {
        get();
        return problem;
    }

    static synchronized OneDnn get() {
        if (!tried) {
            tried = true;
            if ("false".equals(System.getProperty(PROPERTY))) {
                problem = "switched off by the system property " + PROPERTY;
            } else {
                load();
            }
        }
        return instance;
    }

    private static void load() {
        try {
            Loader.load(org.bytedeco.dnnl.global.dnnl.class);
            instance = new OneDnn();
        } catch (LinkageError | RuntimeException e) { // NOSONAR any failure to load leads to the slower path
            problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            LOGGER.log(System.Logger.Level.WARNING,
                "The library oneDNN could not be loaded ({0}). Networks train and run slower without it.", problem);
        }
    }

    dnnl_engine engine() {
        return engine;
    }

    /** The one stream: on the CPU a primitive is done when its execution returns, and each brings its own scratch memory. */
    dnnl_stream stream() {
        return stream;
    }

    static void check(final int status, final String call) {
        if (status != dnnl_success) {
            throw new IllegalStateException("oneDNN: " + call + " failed with status " + status + ".");
        }
    }
}
