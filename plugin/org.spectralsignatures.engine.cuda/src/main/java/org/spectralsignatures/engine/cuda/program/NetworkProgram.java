package org.spectralsignatures.engine.cuda.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.spectralsignatures.engine.cuda.device.Convolution;
import org.spectralsignatures.engine.cuda.device.ConvolutionShape;
import org.spectralsignatures.engine.cuda.device.Operation;
import org.spectralsignatures.engine.cuda.device.Span;
import org.spectralsignatures.engine.cuda.kernels.Kernel;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Step;

/** A network's program for a number of images: a step of training, or a forward pass that may end behind any step. */
public final class NetworkProgram {

    /**
     * The result of a step.
     *
     * @param operations how many of the program's give it
     * @param result where it is then
     */
    public record End(int operations, Temporary result) {
    }

    private final int images;

    private final ImageShape input;

    private final NetworkMemory memory;

    private final Temporary moments;

    private final Temporary first;

    private final Map<String, End> ends = new LinkedHashMap<>();

    private final Program program;

    private NetworkProgram(final NetworkPlan plan, final int images, final Descent descent, final NetworkMemory memory,
        final Function<ConvolutionShape, Convolution> convolutions) {
        this.images = images;
        this.memory = memory;
        input = plan.input();
        final var tape = new Tape();
        final var site = new Site(tape, images, descent != null, memory, convolutions);
        moments = tape.input(2L * images * Float.BYTES);
        first = tape.input(site.bytes(input));
        final var layers = new ArrayList<Layer>();
        final Temporary last = forward(plan, site, layers);
        final var head = new HeadLayer(site, (Step.Softmax)plan.steps().get(layers.size()), plan.before(layers.size()));
        if (descent == null) {
            end(site, plan.steps().get(layers.size()), head.probabilities(last));
        } else {
            Temporary gradient = head.learn(last, !layers.isEmpty());
            for (int i = layers.size() - 1; i >= 0; i--) {
                gradient = layers.get(i).backward(gradient, i > 0);
            }
            update(site, descent);
        }
        program = tape.end();
    }

    /**
     * @param plan of a network
     * @param images their number, at least 2
     * @param descent how the parameters follow
     * @param memory of the network
     * @param convolutions gives the device's convolution of some sizes
     * @return a step of training
     */
    public static NetworkProgram training(final NetworkPlan plan, final int images, final Descent descent, final NetworkMemory memory,
        final Function<ConvolutionShape, Convolution> convolutions) {
        return new NetworkProgram(plan, images, Objects.requireNonNull(descent), memory, convolutions);
    }

    /**
     * @param plan of a network
     * @param images their number
     * @param memory of the network
     * @param convolutions gives the device's convolution of some sizes
     * @return a forward pass with the running moments
     */
    public static NetworkProgram running(final NetworkPlan plan, final int images, final NetworkMemory memory,
        final Function<ConvolutionShape, Convolution> convolutions) {
        return new NetworkProgram(plan, images, null, memory, convolutions);
    }

    private Temporary forward(final NetworkPlan plan, final Site site, final List<Layer> layers) {
        Temporary x = first;
        ImageShape shape = input;
        for (Step step : plan.steps().subList(0, plan.steps().size() - 1)) {
            final Layer layer = layer(site, step, shape);
            layers.add(layer);
            x = layer.forward(x);
            end(site, step, x);
            shape = step.output(shape);
        }
        return x;
    }

    private void end(final Site site, final Step step, final Temporary result) {
        ends.put(step.name(), new End(site.tape().position(), result));
    }

    private static void update(final Site site, final Descent descent) {
        final NetworkMemory memory = site.memory();
        final long packs = memory.layout().learned() / Kernel.WIDE;
        final Span values = memory.values().part(0, memory.gradients().bytes());
        site.tape().launch(Kernel.UPDATE, Grid.items(packs), memory.gradients(), memory.rate(), values, memory.velocity(),
            (long)memory.layout().kernels() / Kernel.WIDE, packs, (float)descent.momentum(), (float)descent.weightDecay());
    }

    /** @return its operations and what they need */
    public Program program() {
        return program;
    }

    /**
     * @param step name of a step
     * @return where its result is found, until the next operation is run
     * @throws IllegalArgumentException if there is no such step
     */
    public End end(final String step) {
        final End end = ends.get(step);
        if (end == null) {
            throw new IllegalArgumentException("The network has no step '%s'.".formatted(step));
        }
        return end;
    }

    /**
     * What comes before the program: images as the network wants them, and labels where it looks for them.
     *
     * @param bytes of the images, plane by plane
     * @param labels of the images, an int each
     * @param places memory of each of the program's own arrays
     * @return the operations
     */
    public List<Operation> feeding(final Span bytes, final Span labels, final Function<Temporary, Span> places) {
        final long pixels = (long)images * input.planeSize();
        final Span read = bytes.part(0, (long)images * input.size());
        final Grid grid = Grid.items(pixels);
        return List.of(
            new Operation.Launch(Kernel.IMAGE_MOMENTS, 1, images, 1, List.of(read, labels.part(0, (long)images * Integer.BYTES), places.apply(moments),
                memory.labels().part(0, (long)images * Integer.BYTES), input.size())),
            new Operation.Launch(Kernel.IMAGES, 1, grid.blocks(), 1, List.of(read, places.apply(moments), places.apply(first), pixels, input.planeSize(),
                input.channels())));
    }

    private static Layer layer(final Site site, final Step step, final ImageShape shape) {
        if (step instanceof Step.Convolution convolution) {
            return new ConvolutionLayer(site, shape, convolution.filters(), convolution.side(), convolution.stride(), step.name() + "_W");
        }
        if (step instanceof Step.NormActivation activation) {
            return new NormLayer(site, shape, activation.norm(), step.name(), "");
        }
        if (step instanceof Step.ResidualUnit unit) {
            return new UnitLayer(site, unit, shape);
        }
        if (step instanceof Step.MaxPooling) {
            return new MaxPoolLayer(site, shape, step.output(shape), 2, false);
        }
        if (step instanceof Step.PaddedMaxPooling pooling) {
            return new MaxPoolLayer(site, shape, step.output(shape), pooling.side(), true);
        }
        if (step instanceof Step.GlobalAveragePooling) {
            return new AverageLayer(site, shape);
        }
        throw new IllegalArgumentException("The engine on the GPU knows no step such as '%s'.".formatted(step.name()));
    }
}
