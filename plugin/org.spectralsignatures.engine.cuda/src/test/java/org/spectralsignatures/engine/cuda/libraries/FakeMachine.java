package org.spectralsignatures.engine.cuda.libraries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A machine made of empty files below a folder. */
final class FakeMachine {

    final Map<String, String> environment = new HashMap<>();

    final Map<String, String> properties = new HashMap<>();

    String preference = "";

    private final Path root;

    private final String system;

    private FakeMachine(final String system, final Path root) {
        this.system = system;
        this.root = root;
    }

    static FakeMachine linux(final Path root) {
        return new FakeMachine("Linux", root);
    }

    static FakeMachine windows(final Path root) {
        final var machine = new FakeMachine("Windows 11", root);
        machine.environment.put("SystemRoot", root.resolve("Windows").toString());
        machine.environment.put("ProgramFiles", root.resolve("Program Files").toString());
        return machine;
    }

    Machine machine() {
        return new Machine(system, "amd64", environment::get, properties::get, () -> preference, root);
    }

    FakeMachine file(final String file) throws IOException {
        final Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.createFile(path);
        return this;
    }

    FakeMachine text(final String file, final String text) throws IOException {
        file(file);
        Files.writeString(root.resolve(file), text);
        return this;
    }

    FakeMachine driver() throws IOException {
        return system.equals("Linux") ? file("usr/lib/x86_64-linux-gnu/libcuda.so.1") : file("Windows/System32/nvcuda.dll");
    }

    FakeMachine cuda(final String folder) throws IOException {
        for (String name : system.equals("Linux") ? new String[]{"libcublas.so.13", "libcublasLt.so.13", "libcudart.so.13", "libnvrtc-builtins.so.13.1", "libnvrtc.so.13"}
            : new String[]{"cublas64_13.dll", "cublasLt64_13.dll", "cudart64_13.dll", "nvrtc-builtins64_131.dll", "nvrtc64_130_0.dll"}) {
            file(folder + "/" + name);
        }
        return this;
    }

    FakeMachine cudnn(final String folder) throws IOException {
        for (String part : new String[]{"_adv", "_cnn", "_engines_precompiled", "_graph", "_heuristic", "_ops", ""}) {
            file(folder + "/" + (system.equals("Linux") ? "libcudnn" + part + ".so.9" : "cudnn" + part + "64_9.dll"));
        }
        return this;
    }
}
