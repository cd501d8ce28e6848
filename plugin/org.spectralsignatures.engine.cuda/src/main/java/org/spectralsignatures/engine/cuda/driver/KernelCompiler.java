package org.spectralsignatures.engine.cuda.driver;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.bytedeco.cuda.global.nvrtc;
import org.bytedeco.cuda.nvrtc._nvrtcProgram;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.spectralsignatures.engine.cuda.device.DeviceException;

/** Compiles CUDA C for a device's compute capability, by NVRTC. */
final class KernelCompiler {

    private static final String STANDARD = "--std=c++17";

    private KernelCompiler() {
    }

    /**
     * @param capability of the device, 75 for 7.5
     * @return options for its own code; or if the compiler is older than the device, for code that the driver translates
     */
    static List<String> options(final int capability) {
        final int[] known = known();
        final boolean own = Arrays.stream(known).anyMatch(k -> k == capability);
        final int newest = Arrays.stream(known).filter(k -> k <= capability).max()
            .orElseThrow(() -> DeviceException.refused("NVRTC makes no code for compute capability %d.%d".formatted(capability / 10, capability % 10)));
        return List.of(STANDARD, own ? "--gpu-architecture=sm_" + capability : "--gpu-architecture=compute_" + newest);
    }

    private static int[] known() {
        try (var count = new IntPointer(1)) {
            Status.nvrtc(nvrtc.nvrtcGetNumSupportedArchs(count), "nvrtcGetNumSupportedArchs");
            final var known = new int[count.get()];
            Status.nvrtc(nvrtc.nvrtcGetSupportedArchs(known), "nvrtcGetSupportedArchs");
            return known;
        }
    }

    /** @return version of the compiler, for example {@code 13.0} */
    static String version() {
        final var major = new int[1];
        final var minor = new int[1];
        Status.nvrtc(nvrtc.nvrtcVersion(major, minor), "nvrtcVersion");
        return major[0] + "." + minor[0];
    }

    /**
     * @param source CUDA C
     * @param options of the compiler
     * @param warnings gets what the compiler says of code that it takes, if it says anything
     * @return code to be loaded
     * @throws DeviceException if it does not compile; the message tells the first lines of what the compiler says
     */
    static byte[] compile(final String source, final List<String> options, final Consumer<String> warnings) {
        final var program = new _nvrtcProgram();
        try (var text = new BytePointer(source, StandardCharsets.UTF_8); var name = new BytePointer("kernels.cu", StandardCharsets.UTF_8);
            var pointers = new PointerPointer<BytePointer>(options.toArray(String[]::new))) {
            Status.nvrtc(nvrtc.nvrtcCreateProgram(program, text, name, 0, (PointerPointer<?>)null, (PointerPointer<?>)null), "nvrtcCreateProgram");
            final int status = nvrtc.nvrtcCompileProgram(program, options.size(), pointers);
            final String log = log(program);
            if (status != nvrtc.NVRTC_SUCCESS) {
                final String first = log.lines().limit(5).reduce("", (a, b) -> a + " " + b).strip();
                throw DeviceException.refused("its kernels do not compile with %s: %s".formatted(options, first.isEmpty() ? "error " + status : first));
            }
            if (!log.isBlank()) {
                warnings.accept(log);
            }
            return code(program, options.stream().anyMatch(option -> option.contains("sm_")));
        } finally {
            if (!program.isNull()) {
                nvrtc.nvrtcDestroyProgram(program);
            }
        }
    }

    private static byte[] code(final _nvrtcProgram program, final boolean binary) {
        try (var size = new SizeTPointer(1)) {
            Status.nvrtc(binary ? nvrtc.nvrtcGetCUBINSize(program, size) : nvrtc.nvrtcGetPTXSize(program, size), "size of the code");
            final var code = new byte[Math.toIntExact(size.get())];
            Status.nvrtc(binary ? nvrtc.nvrtcGetCUBIN(program, code) : nvrtc.nvrtcGetPTX(program, code), "code");
            return code;
        }
    }

    private static String log(final _nvrtcProgram program) {
        try (var size = new SizeTPointer(1)) {
            Status.nvrtc(nvrtc.nvrtcGetProgramLogSize(program, size), "nvrtcGetProgramLogSize");
            final var log = new byte[Math.toIntExact(size.get())];
            Status.nvrtc(nvrtc.nvrtcGetProgramLog(program, log), "nvrtcGetProgramLog");
            return new String(log, 0, Math.max(0, log.length - 1), StandardCharsets.UTF_8); // the last byte is 0
        }
    }
}
