package org.spectralsignatures.engine.cuda.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.engine.cuda.TestPlans;
import org.spectralsignatures.engine.cuda.device.Device;
import org.spectralsignatures.engine.cuda.device.Operation;
import org.spectralsignatures.engine.cuda.device.RecordingDevice;
import org.spectralsignatures.engine.cuda.device.Span;
import org.spectralsignatures.network.plan.NetworkPlan;

/** That arrays which share memory do not get in each other's way: by what each operation reads, and not by what the layout knows. */
class ProgramTest {

    private final Device device = new RecordingDevice(false);

    private NetworkProgram program(final NetworkPlan plan, final int images, final boolean training) {
        final var layout = new ParameterLayout(plan);
        final var memory = new NetworkMemory(layout, span(4L * layout.size()), span(4L * layout.learned()), span(4L * layout.learned()), span(4), span(4L * images),
            span(8L * images), span(4L * images));
        return training ? NetworkProgram.training(plan, images, new Descent(.9, 1e-4), memory, device::convolution)
            : NetworkProgram.running(plan, images, memory, device::convolution);
    }

    private Span span(final long bytes) {
        return device.allocate(bytes).all();
    }

    /** Follows what lies where: each array of an own piece of memory stands for what should be read in the shared one. */
    private void check(final NetworkPlan plan, final boolean training) {
        final NetworkProgram network = program(plan, 6, training);
        final Program program = network.program();
        final Span arena = span(program.bytes());
        final Map<Temporary, Span> own = new HashMap<>();
        program.temporaries().forEach(t -> own.put(t, span(t.bytes())));
        final List<Operation> alone = new ArrayList<>(network.feeding(span(6L * plan.input().size()), span(24), own::get));
        alone.addAll(program.operations(own::get));
        final List<Operation> shared = new ArrayList<>(network.feeding(span(6L * plan.input().size()), span(24), program.within(arena)));
        shared.addAll(program.operations(program.within(arena)));
        assertEquals(alone.size(), shared.size());
        final var owners = new TreeMap<Long, Span>(); // where each piece of the arena begins, and whose it is
        int inArena = 0;
        for (int k = 0; k < alone.size(); k++) {
            final List<Span> reads = shared.get(k).reads();
            for (int r = 0; r < reads.size(); r++) {
                if (reads.get(r).memory() == arena.memory()) {
                    assertEquals(alone.get(k).reads().get(r), owners.get(reads.get(r).offset()), "read by " + shared.get(k));
                    inArena++;
                }
            }
            final List<Span> writes = shared.get(k).writes();
            for (int w = 0; w < writes.size(); w++) {
                final Span written = writes.get(w);
                if (written.memory() == arena.memory()) {
                    owners.entrySet().removeIf(e -> e.getKey() < written.offset() + written.bytes() && written.offset() < e.getKey() + e.getValue().bytes());
                    owners.put(written.offset(), alone.get(k).writes().get(w));
                    for (Span read : reads) { // what a kernel reads must not change under its hands, unless it is meant to
                        assertTrue(read.memory() != arena.memory() || read.equals(written) || read.offset() >= written.offset() + written.bytes()
                            || written.offset() >= read.offset() + read.bytes(), "reads and writes the same: " + shared.get(k));
                    }
                }
            }
        }
        assertTrue(inArena > alone.size() / 2, "hardly anything was looked at");
    }

    @Test
    void nothingIsOverwrittenThatIsStillRead() {
        for (NetworkPlan plan : TestPlans.all()) {
            check(plan, true);
            check(plan, false);
        }
    }

    @Test
    void memoryIsUsedAgain() {
        final NetworkPlan plan = TestPlans.residual(3, 4);
        final long running = program(plan, 6, false).program().bytes();
        final long training = program(plan, 6, true).program().bytes();
        final long all = program(plan, 6, true).program().temporaries().stream().mapToLong(Temporary::bytes).sum();
        assertTrue(running < training / 3, running + " of " + training);
        assertTrue(training < all * 3 / 4, training + " of " + all);
    }

    @Test
    void parametersComeBackAsTheyWent() {
        for (NetworkPlan plan : TestPlans.all()) {
            final var layout = new ParameterLayout(plan);
            final var values = new float[(int)plan.size()];
            final var random = new Random(1);
            for (int k = 0; k < values.length; k++) {
                values[k] = random.nextFloat() + 1;
            }
            final var there = FloatBuffer.allocate(layout.size());
            layout.toDevice(FloatBuffer.wrap(values), there);
            final var back = new float[values.length];
            layout.toPlan(there, FloatBuffer.wrap(back));
            assertArrayEquals(values, back, 0);
            assertEquals(0, layout.kernels() % 4);
            assertEquals(0, layout.learned() % 4);
        }
    }
}
