package org.spectralsignatures.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.Proxy;
import java.nio.FloatBuffer;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class DeviceUseTest {

    private static final RowMatrix MATRIX = (RowMatrix)Proxy.newProxyInstance(DeviceUseTest.class.getClassLoader(), new Class<?>[]{RowMatrix.class},
        (proxy, method, arguments) -> null);

    private record Rows(int count, int columns) implements RowMatrix.Rows {
        @Override
        public void copy(final int first, final int number, final FloatBuffer target) {
            throw new UnsupportedOperationException("nobody looks at them");
        }
    }

    /** Takes matrices of some rows, or none. */
    private static Engine engine(final String name, final int fewest) {
        return (Engine)Proxy.newProxyInstance(DeviceUseTest.class.getClassLoader(), new Class<?>[]{Engine.class}, (proxy, method, arguments) -> switch (method.getName()) {
            case "name" -> name;
            case "describe" -> "the " + name;
            case "matrix" -> ((RowMatrix.Rows)arguments[0]).count() < fewest ? Optional.empty() : Optional.of(MATRIX);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    @Test
    void whatComputedIsKnownAfterwards() {
        final var use = new DeviceUse(engine("card", 10));
        assertEquals(Optional.empty(), use.matrix(new Rows(9, 2), () -> false));
        assertEquals("CPU, since no class is worth being taken to the card", use.describe());
        assertSame(MATRIX, use.matrix(new Rows(10, 2), () -> false).orElseThrow());
        assertEquals(Optional.empty(), use.matrix(new Rows(9, 2), () -> false));
        assertEquals("the card; small classes on the CPU", use.describe());
    }

    @Test
    void theProcessorTakesThemAll() {
        final var use = new DeviceUse(engine("cpu", Integer.MAX_VALUE));
        use.matrix(new Rows(9, 2), () -> false);
        assertEquals("the cpu", use.describe());
    }
}
