package org.spectralsignatures.engine.cuda.driver;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.spectralsignatures.engine.cuda.kernels.Kernel;
import org.spectralsignatures.engine.cuda.kernels.KernelSource;

/** The kernels on a device, compiled and loaded once for all sessions, for as long as its context lives. */
final class LoadedKernels {

    private static final System.Logger LOGGER = System.getLogger(LoadedKernels.class.getName());

    private static LoadedKernels loaded;

    private static int loadedIn = -1;

    private final Map<String, CUfunc_st> functions = new HashMap<>();

    private final BytePointer code;

    private LoadedKernels(final int device) {
        final List<String> options = KernelCompiler.options(capability(device));
        final String source = KernelSource.text();
        final byte[] bytes = CodeCache.ofUser().get(KernelCompiler.version() + "\n" + options + "\n" + source, () -> KernelCompiler.compile(source, options,
            log -> LOGGER.log(System.Logger.Level.DEBUG, log)));
        code = new BytePointer(bytes);
        final var module = new CUmod_st();
        Status.driver(cudart.cuModuleLoadData(module, code), "cuModuleLoadData");
        for (Kernel kernel : Kernel.values()) {
            for (int width : kernel.comesWide() ? new int[]{1, Kernel.WIDE} : new int[]{1}) {
                functions.put(kernel.function(width), function(module, kernel.function(width)));
            }
        }
    }

    private static CUfunc_st function(final CUmod_st module, final String name) {
        final var function = new CUfunc_st();
        try (var text = new BytePointer(name)) {
            Status.driver(cudart.cuModuleGetFunction(function, module, text), "cuModuleGetFunction " + name);
        }
        return function;
    }

    private static int capability(final int device) {
        return 10 * attribute(cudart.cudaDevAttrComputeCapabilityMajor, device) + attribute(cudart.cudaDevAttrComputeCapabilityMinor, device);
    }

    private static int attribute(final int attribute, final int device) {
        try (var value = new IntPointer(1)) {
            Status.runtime(cudart.cudaDeviceGetAttribute(value, attribute, device), "cudaDeviceGetAttribute");
            return value.get();
        }
    }

    /**
     * @param device that is the calling thread's
     * @return its kernels
     */
    static synchronized LoadedKernels of(final int device) {
        if (loadedIn != Generation.now()) {
            loaded = new LoadedKernels(device);
            loadedIn = Generation.now();
        }
        return loaded;
    }

    CUfunc_st function(final String name) {
        return functions.get(name);
    }
}
