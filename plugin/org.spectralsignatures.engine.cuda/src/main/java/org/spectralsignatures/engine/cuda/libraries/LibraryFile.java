package org.spectralsignatures.engine.cuda.libraries;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A library of NVIDIA's that is loaded.
 *
 * @param shown its file's name in messages
 * @param file what its file may be called
 * @param needed whether nothing works without it; the others are loaded where they are, since NVIDIA's look for them in fewer places than we do
 */
record LibraryFile(String shown, Pattern file, boolean needed) {

    /** In the order in which they are loaded: whatever another one needs comes before it. */
    private static final List<LibraryFile> LINUX = List.of(needed("libcudart.so.13"), needed("libcublasLt.so.13"), needed("libcublas.so.13"),
        new LibraryFile("libnvrtc-builtins.so.13", Pattern.compile("libnvrtc-builtins\\.so\\.13\\.\\d+"), true), needed("libnvrtc.so.13"),
        needed("libcudnn_graph.so.9"), needed("libcudnn_ops.so.9"), needed("libcudnn_cnn.so.9"), needed("libcudnn_adv.so.9"),
        optional("libcudnn_heuristic.so.9"), optional("libcudnn_engines_precompiled.so.9"), optional("libcudnn_engines_runtime_compiled.so.9"),
        optional("libcudnn_engines_tensor_ir.so.9"), optional("libcudnn_ext.so.9"), optional("libcudnn.so.9"));

    private static final List<LibraryFile> WINDOWS = List.of(needed("cudart64_13.dll"), needed("cublasLt64_13.dll"), needed("cublas64_13.dll"),
        new LibraryFile("nvrtc-builtins64_13*.dll", Pattern.compile("nvrtc-builtins64_13\\d+\\.dll", Pattern.CASE_INSENSITIVE), true),
        new LibraryFile("nvrtc64_130_0.dll", Pattern.compile("nvrtc64_13\\d_0\\.dll", Pattern.CASE_INSENSITIVE), true),
        needed("cudnn_graph64_9.dll"), needed("cudnn_ops64_9.dll"), needed("cudnn_cnn64_9.dll"), needed("cudnn_adv64_9.dll"),
        optional("cudnn_heuristic64_9.dll"), optional("cudnn_engines_precompiled64_9.dll"), optional("cudnn_engines_runtime_compiled64_9.dll"),
        optional("cudnn_engines_tensor_ir64_9.dll"), optional("cudnn_ext64_9.dll"), optional("cudnn64_9.dll"));

    static List<LibraryFile> all(final boolean windows) {
        return windows ? WINDOWS : LINUX;
    }

    /** @return what finds the runtime of any version of CUDA; its group is the version */
    static Pattern anyRuntime(final boolean windows) {
        return Pattern.compile(windows ? "(?i)cudart64_(\\d{2})\\d*\\.dll" : "libcudart\\.so\\.(\\d+)");
    }

    /** Whether it belongs to cuDNN, which is installed apart from CUDA. */
    boolean ofCudnn() {
        return shown.contains("cudnn");
    }

    private static LibraryFile needed(final String name) {
        return new LibraryFile(name, Pattern.compile(Pattern.quote(name), Pattern.CASE_INSENSITIVE), true);
    }

    private static LibraryFile optional(final String name) {
        return new LibraryFile(name, Pattern.compile(Pattern.quote(name), Pattern.CASE_INSENSITIVE), false);
    }
}
