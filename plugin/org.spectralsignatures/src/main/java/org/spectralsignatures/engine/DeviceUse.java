package org.spectralsignatures.engine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** An engine as scoring uses it, which takes large classes to its device and leaves small ones on the processor: knows afterwards what computed. */
public final class DeviceUse implements Algebra {

    private final Engine engine;

    private final AtomicBoolean taken = new AtomicBoolean();

    /** @param engine that is used */
    public DeviceUse(final Engine engine) {
        this.engine = engine;
    }

    @Override
    public Products products() {
        return engine.products();
    }

    @Override
    public Optional<RowMatrix> matrix(final RowMatrix.Rows rows, final BooleanSupplier cancelled) {
        final Optional<RowMatrix> matrix = engine.matrix(rows, cancelled);
        if (matrix.isPresent()) {
            taken.set(true);
        }
        return matrix;
    }

    /** @return what computed until now, in words */
    public String describe() {
        if (Engines.isOfProcessor(engine)) {
            return engine.describe();
        }
        return taken.get() ? engine.describe() + "; small classes on the CPU" : "CPU, since no class is worth being taken to " + engine.describe();
    }
}
