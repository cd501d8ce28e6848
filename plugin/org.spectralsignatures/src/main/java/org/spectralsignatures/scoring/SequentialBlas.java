package org.spectralsignatures.scoring;

import org.spectralsignatures.engine.Algebra;
import org.spectralsignatures.engine.Products;

/**
 * While one is open, each call of the engine's BLAS stays in its own thread: the callers are the threads, and the order of each sum
 * does not depend on their number.
 */
final class SequentialBlas implements AutoCloseable {

    private final Products.Scope scope;

    private SequentialBlas(final Products.Scope scope) {
        this.scope = scope;
    }

    static SequentialBlas enter(final Algebra engine) {
        return new SequentialBlas(engine.products().sequential());
    }

    @Override
    public void close() {
        scope.close();
    }
}
