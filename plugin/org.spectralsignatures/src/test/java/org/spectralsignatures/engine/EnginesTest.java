package org.spectralsignatures.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.network.plan.NetworkPlan;

class EnginesTest {

    private record Named(String name, String problem, boolean present) implements Engine {

        Named(final String name, final String problem) {
            this(name, problem, false);
        }

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
    void withoutAWishItIsTheProcessorOrTheFirstThatCanRun() {
        assertSame(RIGHT, Engines.choose(List.of(BROKEN, OTHER, RIGHT), ""));
        assertSame(OTHER, Engines.choose(List.of(BROKEN, OTHER, new Named("cpu", "it is too old")), ""));
        assertSame(BROKEN, Engines.choose(List.of(BROKEN), " "), "the only one is not asked, it will say itself what is wrong");
    }

    @Test
    void theNameThatIsAskedForDecides() {
        assertSame(OTHER, Engines.choose(List.of(BROKEN, RIGHT, OTHER), "other"));
        assertSame(BROKEN, Engines.choose(List.of(BROKEN, RIGHT), " gpu "));
        assertEquals("There is no engine 'tpu', which the system property org.spectralsignatures.engine, or the option -engine, asks for. Installed are: gpu, cpu.",
            assertThrows(IllegalStateException.class, () -> Engines.choose(List.of(BROKEN, RIGHT), "tpu")).getMessage());
    }

    @Test
    void withoutAnyThatCanRunTheReasonsAreTold() {
        final List<Engine> broken = List.of(BROKEN, new Named("npu", "it is too old"));
        assertEquals("None of the engines can run here. gpu: there is no driver; npu: it is too old",
            assertThrows(IllegalStateException.class, () -> Engines.choose(broken, "")).getMessage());
        assertTrue(assertThrows(IllegalStateException.class, () -> Engines.choose(List.of(), "")).getMessage().startsWith("No engine"));
    }

    private static Engines.Choice choose(final List<Engine> engines, final Device wish) {
        return Engines.choose(engines, "", wish, RIGHT);
    }

    @Test
    void automaticIsTheGraphicsProcessorWhereOneCanRun() {
        assertEquals(new Engines.Choice(OTHER, ""), choose(List.of(RIGHT, BROKEN, OTHER), Device.AUTOMATIC));
        assertEquals(new Engines.Choice(RIGHT, ""), choose(List.of(RIGHT, BROKEN), Device.AUTOMATIC));
    }

    @Test
    void theProcessorIsFoundAtOnce() {
        assertFalse(Engines.looksAtDevices(Device.CPU));
        assertTrue(Engines.looksAtDevices(Device.AUTOMATIC));
        assertTrue(Engines.looksAtDevices(Device.GPU));
    }

    @Test
    void aGraphicsProcessorThatMustNotBeUsedIsNotedWhateverIsWished() {
        final Engine wrong = new Named("gpu", "The card computes wrongly.", true);
        final var noted = new Engines.Choice(RIGHT, "Computed on the CPU: The card computes wrongly.");
        assertEquals(noted, choose(List.of(RIGHT, BROKEN, wrong), Device.AUTOMATIC));
        assertEquals(noted, choose(List.of(RIGHT, wrong), Device.GPU));
        assertEquals(new Engines.Choice(RIGHT, ""), choose(List.of(RIGHT, wrong), Device.CPU));
        assertEquals(new Engines.Choice(OTHER, ""), choose(List.of(wrong, OTHER), Device.AUTOMATIC));
    }

    @Test
    void theProcessorIsNeverLeftWhereItIsWished() {
        assertEquals(new Engines.Choice(RIGHT, ""), choose(List.of(OTHER, RIGHT), Device.CPU));
    }

    @Test
    void aGraphicsProcessorThatIsWishedAndMissingIsNoted() {
        assertEquals(new Engines.Choice(OTHER, ""), choose(List.of(RIGHT, BROKEN, OTHER), Device.GPU));
        assertEquals(new Engines.Choice(RIGHT, "Computed on the CPU: there is no driver"), choose(List.of(RIGHT, BROKEN), Device.GPU));
        final Engines.Choice none = choose(List.of(RIGHT), Device.GPU);
        assertSame(RIGHT, none.engine());
        assertTrue(none.note().startsWith("Computed on the CPU: no engine for graphics processors is installed: install '"), none.note());
    }

    @Test
    void thePropertyDecidesAloneAndSaysSo() {
        assertEquals(new Engines.Choice(RIGHT, "Computed on the CPU: the system property org.spectralsignatures.engine, or the option -engine, asks for the engine 'cpu'."),
            Engines.choose(List.of(RIGHT, OTHER), "cpu", Device.GPU, RIGHT));
        assertEquals(new Engines.Choice(OTHER, ""), Engines.choose(List.of(RIGHT, OTHER), "other", Device.CPU, OTHER));
    }
}
