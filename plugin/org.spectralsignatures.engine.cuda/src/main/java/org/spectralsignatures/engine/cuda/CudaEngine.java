package org.spectralsignatures.engine.cuda;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.MemoryNeed;
import org.spectralsignatures.engine.PlanSession;
import org.spectralsignatures.engine.RowMatrix;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.engine.cuda.device.Device;
import org.spectralsignatures.engine.cuda.device.Devices;
import org.spectralsignatures.engine.cuda.driver.NvidiaDevices;
import org.spectralsignatures.engine.cuda.libraries.CudaLibraries;
import org.spectralsignatures.engine.cuda.program.Descent;
import org.spectralsignatures.engine.cuda.rows.CudaRowMatrix;
import org.spectralsignatures.network.plan.NetworkPlan;

/** Networks on a graphics processor of NVIDIA, by cuDNN and kernels of our own. */
public final class CudaEngine implements Engine {

    private final Devices devices;

    /** Null for devices that only play one. */
    private final SelfCheck check;

    /** Fair: sessions of all threads take turns. */
    private final Lock turns = new ReentrantLock(true);

    /** The GPU of this machine, found when it is first asked for. */
    public CudaEngine() {
        this(new NvidiaDevices(CudaLibraries::problem, CudaLibraries::device, CudaLibraries::describe), new SelfCheck());
    }

    /**
     * @param devices where it finds its device
     * @param check what has to come out before a device is used; null for nothing
     */
    CudaEngine(final Devices devices, final SelfCheck check) {
        this.devices = devices;
        this.check = check;
    }

    @Override
    public String name() {
        return "cuda";
    }

    @Override
    public String problem() {
        final String problem = devices.problem();
        return problem.isEmpty() && check != null ? check.problem(devices::describe, this::checked) : problem;
    }

    @Override
    public boolean present() {
        return devices.present();
    }

    private TrainingSession checked(final FloatBuffer parameters) {
        return new CudaSession(inTurn(devices::open), turns, SelfCheck.plan(), parameters, new Descent(.9, 2e-4));
    }

    @Override
    public String describe() {
        requireDevice();
        return devices.describe();
    }

    private void requireDevice() {
        final String problem = problem();
        if (!problem.isEmpty()) {
            throw new IllegalStateException(problem);
        }
    }

    private Device device() {
        requireDevice();
        return inTurn(devices::open);
    }

    /** Not while another thread computes: after an error that lasts, the device is begun anew. */
    private <T> T inTurn(final Supplier<T> work) {
        turns.lock();
        try {
            return work.get();
        } finally {
            turns.unlock();
        }
    }

    @Override
    public FloatBuffer initial(final NetworkPlan plan, final long seed) {
        return InitialParameters.draw(plan, seed);
    }

    @Override
    public PlanSession open(final NetworkPlan plan, final FloatBuffer parameters) {
        return new CudaSession(device(), turns, plan, parameters, null);
    }

    @Override
    public TrainingSession train(final NetworkPlan plan, final FloatBuffer parameters, final double momentum, final double weightDecay) {
        return new CudaSession(device(), turns, plan, parameters, new Descent(momentum, weightDecay));
    }

    @Override
    public Optional<RowMatrix> matrix(final RowMatrix.Rows rows, final BooleanSupplier cancelled) {
        return CudaRowMatrix.takes(rows) ? Optional.of(new CudaRowMatrix(device(), turns, rows, cancelled)) : Optional.empty();
    }

    @Override
    public MemoryNeed trainingMemory(final NetworkPlan plan) {
        return MemoryPlan.training(plan);
    }

    @Override
    public long freeMemory() {
        requireDevice();
        return inTurn(devices::freeBytes);
    }
}
