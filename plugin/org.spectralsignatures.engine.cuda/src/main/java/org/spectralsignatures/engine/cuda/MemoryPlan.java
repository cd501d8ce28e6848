package org.spectralsignatures.engine.cuda;

import org.spectralsignatures.engine.MemoryNeed;
import org.spectralsignatures.engine.cuda.device.Convolution;
import org.spectralsignatures.engine.cuda.device.ConvolutionShape;
import org.spectralsignatures.engine.cuda.device.Memory;
import org.spectralsignatures.engine.cuda.device.Span;
import org.spectralsignatures.engine.cuda.program.Descent;
import org.spectralsignatures.engine.cuda.program.NetworkMemory;
import org.spectralsignatures.engine.cuda.program.NetworkProgram;
import org.spectralsignatures.engine.cuda.program.ParameterLayout;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Step;

/** How much of a device's memory networks take, told by their programs, which are made without a device. */
final class MemoryPlan {

    /** What runs at a time takes about so much: more images at once are no faster. */
    private static final long RUNNING = 1L << 30;

    /** What convolutions may need beside, and about what NVIDIA's libraries take for themselves. */
    static final long BESIDE = Convolution.MOST_WORKSPACE + (256L << 20);

    private static final int FEW = 16;

    private static final int MORE = 32;

    /** Longest array that Java sees as one buffer, in bytes. */
    private static final long LONGEST_ARRAY = Integer.MAX_VALUE;

    private record Imagined(long bytes) implements Memory {

        @Override
        public long address() {
            return 0;
        }

        @Override
        public void close() {
            // there is none
        }

        static Span of(final long bytes) {
            return new Imagined(bytes).all();
        }
    }

    private record ImaginedConvolution(ConvolutionShape shape) implements Convolution {

        @Override
        public long workspace(final Direction direction) {
            return 0;
        }

        @Override
        public void close() {
            // there is none
        }
    }

    private MemoryPlan() {
    }

    /** @return what training takes */
    static MemoryNeed training(final NetworkPlan plan) {
        final var layout = new ParameterLayout(plan);
        final long few = bytes(plan, layout, FEW, true);
        final long perImage = (bytes(plan, layout, MORE, true) - few) / (MORE - FEW) + 2L * plan.input().size(); // two batches are filled by turns
        return new MemoryNeed(Float.BYTES * (3L * layout.learned() + layout.size()) + BESIDE, perImage, most(plan));
    }

    /** @return most images to run a network on at a time, at least 1; it does not hang on what is free, which changes */
    static int fitting(final NetworkPlan plan, final int images) {
        final var layout = new ParameterLayout(plan);
        final long perImage = (bytes(plan, layout, MORE, false) - bytes(plan, layout, FEW, false)) / (MORE - FEW);
        return Math.max(1, Math.min(images, new MemoryNeed(0, perImage, most(plan)).fitting(RUNNING)));
    }

    private static int most(final NetworkPlan plan) {
        long longest = plan.input().size();
        ImageShape shape = plan.input();
        for (Step step : plan.steps()) {
            shape = step.output(shape);
            longest = Math.max(longest, shape.size());
        }
        return (int)Math.min(Integer.MAX_VALUE, LONGEST_ARRAY / (longest * Float.BYTES));
    }

    private static long bytes(final NetworkPlan plan, final ParameterLayout layout, final int images, final boolean training) {
        final Span learned = Imagined.of((long)layout.learned() * Float.BYTES);
        final Span perImage = Imagined.of((long)images * Double.BYTES);
        final var memory = new NetworkMemory(layout, Imagined.of((long)layout.size() * Float.BYTES), learned, learned, Imagined.of(Float.BYTES), perImage, perImage,
            perImage);
        return (training ? NetworkProgram.training(plan, images, new Descent(0, 0), memory, ImaginedConvolution::new)
            : NetworkProgram.running(plan, images, memory, ImaginedConvolution::new)).program().bytes();
    }
}
