package org.spectralsignatures.engine.cuda.driver;

import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.SizeTPointer;
import org.spectralsignatures.engine.cuda.device.Device;
import org.spectralsignatures.engine.cuda.device.DeviceException;
import org.spectralsignatures.engine.cuda.device.Devices;

/** NVIDIA's graphics processors in this machine, of which one is used. */
public final class NvidiaDevices implements Devices {

    /** System property: {@code tf32} if convolutions may round what they multiply to ten bits, else {@code float32}, the default. */
    public static final String PRECISION = "org.spectralsignatures.engine.cuda.precision";

    private static final String FLOAT32 = "float32";

    private static final String TF32 = "tf32";

    private final Supplier<String> problem;

    private final IntSupplier index;

    private final Supplier<String> description;

    /**
     * @param problem why no device can be used, in a sentence; empty if one can, and then what is called is loaded
     * @param index of the device
     * @param description of the device, its driver and libraries
     */
    public NvidiaDevices(final Supplier<String> problem, final IntSupplier index, final Supplier<String> description) {
        this.problem = problem;
        this.index = index;
        this.description = description;
    }

    private static String precision() {
        return System.getProperty(PRECISION, FLOAT32).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean tf32() {
        return precision().equals(TF32);
    }

    @Override
    public String problem() {
        final String found = problem.get();
        final String precision = precision();
        return !found.isEmpty() || precision.equals(FLOAT32) || precision.equals(TF32) ? found
            : "The system property %s is '%s', but must be %s or %s.".formatted(PRECISION, precision, FLOAT32, TF32);
    }

    @Override
    public boolean present() {
        return problem.get().isEmpty();
    }

    @Override
    public String describe() {
        return description.get() + (tf32() ? ", TF32" : ", float32");
    }

    @Override
    public long freeBytes() {
        try (var free = new SizeTPointer(1); var total = new SizeTPointer(1)) {
            final int device = index.getAsInt();
            Generation.begin(device); // what is lost takes nothing any longer
            Status.runtime(cudart.cudaSetDevice(device), "cudaSetDevice");
            Status.runtime(cudart.cudaMemGetInfo(free, total), "cudaMemGetInfo");
            return free.get();
        } catch (DeviceException e) {
            throw new IllegalStateException(e.explained(false), e);
        }
    }

    @Override
    public Device open() {
        final boolean tf32 = tf32();
        try {
            return new CudaDevice(index.getAsInt(), tf32);
        } catch (DeviceException e) {
            throw new IllegalStateException(e.explained(false), e);
        }
    }
}
