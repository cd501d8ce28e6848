package org.spectralsignatures.engine;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What scoring asks of an engine: products of matrices with vectors. */
public interface Algebra {

    /** @return products for scoring; unless an engine has its own, in plain Java */
    default Products products() {
        return new JavaProducts();
    }

    /**
     * Takes a whole matrix to where the engine computes, in pieces where it does not fit.
     *
     * @param rows of the matrix; they must stay as they are until it is closed
     * @param cancelled asked between pieces; once it says so, the call in progress ends with an {@link IllegalStateException}
     * @return the matrix, to be closed by the caller; empty where the engine computes on the processor, for which {@link #products()} are meant,
     *         or where it has no room for so many rows or columns
     * @throws IllegalStateException if the engine cannot run; the message says why
     */
    default Optional<RowMatrix> matrix(final RowMatrix.Rows rows, final BooleanSupplier cancelled) {
        return Optional.empty();
    }
}
