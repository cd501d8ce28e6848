package org.spectralsignatures.engine.cuda.libraries;

/**
 * NVIDIA's driver and libraries on this machine. They are looked for in the folder that the system property {@value #FOLDER}, or else the environment variable
 * {@code SPECTRALSIGNATURES_CUDA_PATH}, or else the preference {@code org.spectralsignatures.engine.cuda/libraries}, names; then in the toolkit's usual places
 * ({@code CUDA_PATH}, {@code /usr/local/cuda}, {@code Program Files}), on the system's library path, and in the active Python environment. Until the driver was found
 * no native code is called.
 */
public final class CudaLibraries {

    /** System property: the folder, or folders, that hold the libraries; those below it are looked through, too. */
    public static final String FOLDER = LibrarySearch.PROPERTY;

    private static final CudaSetup HERE = new CudaSetup(Machine.here(), NativeDriver::new);

    private CudaLibraries() {
    }

    /**
     * Finds and loads what is needed, the first time; later calls cost nothing.
     *
     * @return in one sentence what is missing on this machine and what to do; empty if CUDA can be used
     */
    public static String problem() {
        return HERE.problem();
    }

    /**
     * The same, for whoever is about to call them.
     *
     * @throws IllegalStateException if CUDA cannot be used; the message says why
     */
    public static void require() {
        final String problem = problem();
        if (!problem.isEmpty()) {
            throw new IllegalStateException(problem);
        }
    }

    /**
     * @return index of the graphics processor to use, the first that is new enough
     * @throws IllegalStateException if CUDA cannot be used; the message says why
     */
    public static int device() {
        require();
        return HERE.device();
    }

    /** @return for example {@code NVIDIA H100, compute capability 9.0, driver 580.65.06, CUDA 13.0, cuDNN 9.13}; empty where CUDA cannot be used */
    public static String describe() {
        return problem().isEmpty() ? HERE.description() : "";
    }
}
