package org.spectralsignatures.engine;

import org.junit.jupiter.api.Test;

class JavaProductsTest {

    @Test
    void productsAreThoseOfDoublePrecision() {
        EngineContract.checkProducts(new JavaProducts());
    }
}
