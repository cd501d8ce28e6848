package org.spectralsignatures.engine.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.cuda.device.Device;
import org.spectralsignatures.engine.cuda.device.Devices;
import org.spectralsignatures.engine.cuda.device.EmulatedDevice;
import org.spectralsignatures.engine.cuda.device.QueuedDevice;

/** Devices of the processor's, which do their copies late and early by turns. */
public final class EmulatedDevices implements Devices {

    private final List<QueuedDevice> made = new ArrayList<>();

    private final Function<Boolean, QueuedDevice> maker;

    private UnaryOperator<QueuedDevice> change = UnaryOperator.identity();

    /** Devices that compute. */
    public EmulatedDevices() {
        this(EmulatedDevice::new);
    }

    /** @param maker of a device, told whether copies are done early */
    EmulatedDevices(final Function<Boolean, QueuedDevice> maker) {
        this.maker = maker;
    }

    /** An engine on them. */
    public Engine engine() {
        return new CudaEngine(this, null);
    }

    /** What is done to each new device. */
    EmulatedDevices change(final UnaryOperator<QueuedDevice> next) {
        change = next;
        return this;
    }

    @Override
    public String problem() {
        return "";
    }

    @Override
    public String describe() {
        return "an emulated device";
    }

    @Override
    public long freeBytes() {
        return 1L << 30;
    }

    @Override
    public synchronized Device open() {
        final QueuedDevice device = change.apply(maker.apply(made.size() % 2 == 1));
        made.add(device);
        return device;
    }

    /** What is open on all devices, with themselves. */
    synchronized int left() {
        return made.stream().mapToInt(QueuedDevice::open).sum();
    }

    synchronized QueuedDevice last() {
        return made.get(made.size() - 1);
    }
}
