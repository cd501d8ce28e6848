package org.spectralsignatures.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.network.plan.NetworkPlan;

class EnginesTest {

    private record Named(String name, String problem) implements Engine {
        @Override
        public String describe() {
            return name;
        }

        @Override
        public FloatBuffer initial(final NetworkPlan plan, final long seed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PlanSession open(final NetworkPlan plan, final FloatBuffer parameters) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TrainingSession train(final NetworkPlan plan, final FloatBuffer parameters, final double momentum, final double weightDecay) {
            throw new UnsupportedOperationException();
        }
    }

    private static final Engine BROKEN = new Named("gpu", "there is no driver");

    private static final Engine RIGHT = new Named("cpu", "");

    private static final Engine OTHER = new Named("other", "");

    @Test
    void theFirstThatCanRunIsTaken() {
        assertSame(RIGHT, Engines.choose(List.of(BROKEN, RIGHT, OTHER), ""));
        assertSame(BROKEN, Engines.choose(List.of(BROKEN), " "), "the only one is not asked, it will say itself what is wrong");
    }

    @Test
    void theNameThatIsAskedForDecides() {
        assertSame(OTHER, Engines.choose(List.of(BROKEN, RIGHT, OTHER), "other"));
        assertSame(BROKEN, Engines.choose(List.of(BROKEN, RIGHT), " gpu "));
        assertEquals("There is no engine 'tpu', which the system property org.spectralsignatures.engine asks for. Installed are: gpu, cpu.",
            assertThrows(IllegalStateException.class, () -> Engines.choose(List.of(BROKEN, RIGHT), "tpu")).getMessage());
    }

    @Test
    void withoutAnyThatCanRunTheReasonsAreTold() {
        final List<Engine> broken = List.of(BROKEN, new Named("npu", "it is too old"));
        assertEquals("None of the engines can run here. gpu: there is no driver; npu: it is too old",
            assertThrows(IllegalStateException.class, () -> Engines.choose(broken, "")).getMessage());
        assertTrue(assertThrows(IllegalStateException.class, () -> Engines.choose(List.of(), "")).getMessage().startsWith("No engine"));
    }
}
