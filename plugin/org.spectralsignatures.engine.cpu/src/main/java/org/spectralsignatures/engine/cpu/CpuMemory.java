package org.spectralsignatures.engine.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.bytedeco.javacpp.Pointer;
import org.spectralsignatures.engine.MemoryNeed;
import org.spectralsignatures.engine.cpu.kernels.OneDnn;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Step;

/** How much memory networks take on this engine, by counting the arrays of each step, and how much there is. */
final class CpuMemory {

    /** Longest array of native memory that Java sees as one buffer, in bytes. */
    private static final long LONGEST_ARRAY = Integer.MAX_VALUE;

    /** What runs at a time takes about so much, however large the images are: more of them at once are no faster. */
    private static final long RUNNING = 2L << 30;

    /** Of each parameter: the value, its gradient and velocity, the change of a step, three orders of oneDNN, and copies on the way. Measured. */
    private static final int COPIES_IN_TRAINING = 9;

    /** What the library's own code, its tables and Java's heap grow by, in values. Measured. */
    private static final long BESIDE = 32L << 20;

    /** Lanes in which ND4J's convolution keeps gradients of its own, and works at a time. */
    private static final int LANES = 16;

    /** Never used up, since others take memory, too. */
    private static final double LEFT = .1;

    private static final Path MACHINE = Path.of("/proc/meminfo");

    /** Limit and use of a container, of both versions of Linux' control groups. */
    private static final List<List<Path>> CONTAINERS = List.of(
        List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory.current")),
        List.of(Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"), Path.of("/sys/fs/cgroup/memory/memory.usage_in_bytes")));

    private CpuMemory() {
    }

    /** @return what training takes: results and what the backward pass needs of all steps, gradients of the largest one */
    static MemoryNeed training(final NetworkPlan plan) {
        long kept = 2L * plan.input().size(); // two batches are filled by turns
        long largest = 0;
        long longest = plan.input().size();
        ImageShape shape = plan.input();
        for (Step step : plan.steps()) {
            final long before = shape.size();
            shape = step.output(shape);
            final long after = shape.size();
            final boolean unit = step instanceof Step.ResidualUnit;
            kept += unit ? before + 3 * after : after;
            largest = Math.max(largest, before + after + (unit ? before + after : 0));
            longest = Math.max(longest, after);
        }
        final boolean nd4j = !OneDnn.available();
        return need(BESIDE + plan.size() * (COPIES_IN_TRAINING + (nd4j ? LANES : 0)), kept + largest + (nd4j ? columns(plan) : 0), longest);
    }

    /** ND4J's convolution writes out what each of its products needs, and the same of the gradients: of an image its share of the lanes at work. */
    private static long columns(final NetworkPlan plan) {
        long most = 0;
        ImageShape shape = plan.input();
        for (Step step : plan.steps()) {
            final ImageShape after = step.output(shape);
            if (step instanceof Step.Convolution convolution) {
                most = Math.max(most, (long)after.planeSize() * convolution.side() * convolution.side() * shape.channels());
            } else if (step instanceof Step.ResidualUnit) {
                most = Math.max(most, (long)after.planeSize() * Step.KERNEL * Step.KERNEL * after.channels());
            }
            shape = after;
        }
        return 2 * most * Math.min(LANES, Runtime.getRuntime().availableProcessors()) / LANES;
    }

    /** @return what running takes: the arrays of the step that needs most */
    private static MemoryNeed running(final NetworkPlan plan) {
        long largest = 0;
        long longest = plan.input().size();
        ImageShape shape = plan.input();
        for (Step step : plan.steps()) {
            final long before = shape.size();
            shape = step.output(shape);
            final long after = shape.size();
            largest = Math.max(largest, before + after + (step instanceof Step.ResidualUnit ? before + after : 0));
            longest = Math.max(longest, after);
        }
        return need(0, largest + plan.input().size(), longest);
    }

    private static MemoryNeed need(final long fixed, final long perImage, final long longest) {
        return new MemoryNeed(fixed * Float.BYTES, perImage * Float.BYTES, (int)Math.min(Integer.MAX_VALUE, LONGEST_ARRAY / (longest * Float.BYTES)));
    }

    /** @return most images to run a network on at a time, at least 1; it does not hang on what is free, which changes */
    static int fitting(final NetworkPlan plan, final int images) {
        return Math.max(1, Math.min(images, running(plan).fitting(RUNNING)));
    }

    /** @return bytes that are free on the machine, in the container, and below JavaCPP's limit; less a tenth */
    static long free() {
        long free = Pointer.maxPhysicalBytes() > 0 ? Pointer.maxPhysicalBytes() - Pointer.physicalBytes() : Long.MAX_VALUE;
        final long machine = machine();
        free = Math.min(free, machine > 0 ? machine : Pointer.availablePhysicalBytes());
        for (List<Path> files : CONTAINERS) {
            final long limit = number(files.get(0));
            if (limit > 0) {
                free = Math.min(free, limit - Math.max(0, number(files.get(1))));
            }
        }
        return (long)(Math.max(0, free) * (1 - LEFT));
    }

    /** What Linux could give, with what its caches hold; 0 elsewhere. */
    private static long machine() {
        try (var lines = Files.lines(MACHINE)) {
            return lines.filter(line -> line.startsWith("MemAvailable:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElse(0);
        } catch (IOException | RuntimeException e) { // NOSONAR there is no such file elsewhere
            return 0;
        }
    }

    /** 0 if there is no such file or it says that there is no limit. */
    private static long number(final Path file) {
        try {
            return Long.parseLong(Files.readString(file).trim());
        } catch (IOException | RuntimeException e) { // NOSONAR only in a container
            return 0;
        }
    }
}
