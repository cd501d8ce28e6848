package org.spectralsignatures.engine.cuda.program;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Parameter;
import org.spectralsignatures.network.plan.Parameter.Kind;

/**
 * How a network's parameters lie on a device: first all kernels, {@code [filters, side, side, channels]}, which decay, then all else that is learned, then
 * the running moments. Each begins at a multiple of {@value #ALIGNMENT} values; those between are zeros and stay so.
 */
public final class ParameterLayout {

    private static final int ALIGNMENT = 64;

    private record Entry(Parameter parameter, int planOffset, int offset) {
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private final int planSize;

    private final int kernels;

    private final int learned;

    private final int size;

    /**
     * @param plan of a network
     * @throws IllegalArgumentException if it has more values than one array of Java's
     */
    public ParameterLayout(final NetworkPlan plan) {
        if (plan.size() > Integer.MAX_VALUE / 8) {
            throw new IllegalArgumentException("The network has %,d parameters, more than the engine on the GPU can hold.".formatted(plan.size()));
        }
        planSize = (int)plan.size();
        final List<Entry> given = given(plan);
        kernels = place(given, Set.of(Kind.KERNEL), 0);
        learned = place(given, Set.of(Kind.BIAS, Kind.SCALE, Kind.SHIFT), kernels);
        size = place(given, Set.of(Kind.MEAN, Kind.VARIANCE), learned);
    }

    private static List<Entry> given(final NetworkPlan plan) {
        final var given = new ArrayList<Entry>();
        int offset = 0;
        for (Parameter parameter : plan.parameters()) {
            given.add(new Entry(parameter, offset, 0));
            offset += (int)parameter.size();
        }
        return given;
    }

    private int place(final List<Entry> given, final Set<Kind> kinds, final int from) {
        int offset = from;
        for (Entry entry : given) {
            if (kinds.contains(entry.parameter().kind())) {
                entries.put(entry.parameter().name(), new Entry(entry.parameter(), entry.planOffset(), offset));
                offset += ((int)entry.parameter().size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            }
        }
        return offset;
    }

    /** @return number of values of the kernels, a multiple of 4 */
    public int kernels() {
        return kernels;
    }

    /** @return number of values of all that is learned, kernels first, a multiple of 4 */
    public int learned() {
        return learned;
    }

    /** @return number of all values */
    public int size() {
        return size;
    }

    /** @return number of values in the order of the plan */
    public int planSize() {
        return planSize;
    }

    /**
     * @param name of a parameter
     * @return where it begins, in values
     */
    public int offset(final String name) {
        return entries.get(name).offset();
    }

    /**
     * @param name of a parameter
     * @return number of its values
     */
    public int length(final String name) {
        return (int)entries.get(name).parameter().size();
    }

    /**
     * @param values in the plan's order, from the buffer's position on
     * @param target receives as many as it has room for, of all or of what is learned, in the device's order
     */
    public void toDevice(final FloatBuffer values, final FloatBuffer target) {
        final int end = target.capacity();
        target.put(0, new float[end]);
        for (Entry entry : entries.values()) {
            if (entry.offset() < end) {
                final var from = new float[(int)entry.parameter().size()];
                values.get(values.position() + entry.planOffset(), from);
                target.put(entry.offset(), turned(entry.parameter(), from, true));
            }
        }
    }

    /**
     * @param values in the device's order, of all or of what is learned
     * @param target receives them in the plan's order; those that are not among the values are left as they are
     */
    public void toPlan(final FloatBuffer values, final FloatBuffer target) {
        for (Entry entry : entries.values()) {
            if (entry.offset() < values.capacity()) {
                final var from = new float[(int)entry.parameter().size()];
                values.get(entry.offset(), from);
                target.put(entry.planOffset(), turned(entry.parameter(), from, false));
            }
        }
    }

    /** Between [filters, channels, places] and [filters, places, channels]. */
    private static float[] turned(final Parameter parameter, final float[] from, final boolean toDevice) {
        if (parameter.shape().size() < 4) {
            return from;
        }
        final int channels = parameter.shape().get(1);
        final int places = parameter.shape().get(2) * parameter.shape().get(3);
        final int rows = toDevice ? channels : places;
        final int columns = toDevice ? places : channels;
        final var to = new float[from.length];
        for (int start = 0; start < from.length; start += rows * columns) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    to[start + j * rows + i] = from[start + i * columns + j];
                }
            }
        }
        return to;
    }
}
