package org.spectralsignatures.engine.cuda.libraries;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.cudnn;

/** {@link Driver} by the presets of JavaCPP. */
final class NativeDriver implements Driver {

    private static final int LONGEST_NAME = 256;

    @Override
    @SuppressWarnings("java:S5304")
    public void load(final Path library) {
        System.load(library.toAbsolutePath().toString());
    }

    @Override
    public int version() {
        NativeFolder.choose(); // the presets unpack what they call with
        final var version = new int[1];
        return cudart.cuDriverGetVersion(version) == 0 ? version[0] : 0;
    }

    @Override
    public int start() {
        return cudart.cuInit(0);
    }

    @Override
    public int devices() {
        final var count = new int[1];
        return cudart.cuDeviceGetCount(count) == 0 ? count[0] : 0;
    }

    @Override
    public String name(final int device) {
        final var name = new byte[LONGEST_NAME];
        if (cudart.cuDeviceGetName(name, LONGEST_NAME, device) != 0) {
            return "number " + device;
        }
        int length = 0;
        while (length < LONGEST_NAME && name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, StandardCharsets.UTF_8).strip();
    }

    @Override
    public int capability(final int device) {
        return 10 * attribute(cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device) + attribute(cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device);
    }

    private static int attribute(final int attribute, final int device) {
        final var value = new int[1];
        return cudart.cuDeviceGetAttribute(value, attribute, device) == 0 ? value[0] : 0;
    }

    @Override
    public String libraries() {
        final var runtime = new int[1];
        cudart.cudaRuntimeGetVersion(runtime);
        final long network = cudnn.cudnnGetVersion();
        return "CUDA %d.%d, cuDNN %d.%d".formatted(runtime[0] / 1000, runtime[0] % 1000 / 10, network / 10000, network % 10000 / 100);
    }
}
