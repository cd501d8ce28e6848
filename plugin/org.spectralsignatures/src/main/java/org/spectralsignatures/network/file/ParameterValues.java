package org.spectralsignatures.network.file;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Parameter;

/** The values of a network's parameters, in single precision, as they lie in files. */
final class ParameterValues {

    private static final int CHUNK = 1 << 14;

    private ParameterValues() {
    }

    /**
     * @param parameters of a network, all from index 0 on
     * @param order of the bytes
     * @param out receives them
     * @throws IOException if they cannot be written
     */
    static void write(final FloatBuffer parameters, final ByteOrder order, final OutputStream out) throws IOException {
        final var bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(order);
        for (int first = 0; first < parameters.capacity(); first += CHUNK) {
            final int n = Math.min(CHUNK, parameters.capacity() - first);
            bytes.clear().asFloatBuffer().put(0, parameters, first, n);
            out.write(bytes.array(), 0, n * Float.BYTES);
        }
    }

    /**
     * @param count number of parameters
     * @throws NetworkFormatException if there are more than can be kept
     */
    static void checkCount(final long count) throws NetworkFormatException {
        if (count > Integer.MAX_VALUE / Float.BYTES) {
            throw new NetworkFormatException("the network has %d parameters, more than can be kept".formatted(count));
        }
    }

    /**
     * @param in stands before the first of them
     * @param order of the bytes
     * @param count number of them
     * @param name of the entry, for messages
     * @return the parameters, {@code [count]}
     * @throws NetworkFormatException if one is not finite
     * @throws java.io.EOFException if there are fewer
     */
    static FloatBuffer read(final DataInputStream in, final ByteOrder order, final int count, final String name) throws IOException {
        final FloatBuffer target = ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
        final var bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(order);
        final var values = new float[CHUNK];
        for (int first = 0; first < count; first += CHUNK) {
            final int n = Math.min(CHUNK, count - first);
            in.readFully(bytes.array(), 0, n * Float.BYTES);
            bytes.clear().asFloatBuffer().get(values, 0, n);
            for (int i = 0; i < n; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new NetworkFormatException("parameter %d of %d in %s is %s".formatted(first + i + 1, count, name, values[i]));
                }
            }
            target.put(first, values, 0, n);
        }
        return target;
    }

    /**
     * @param plan of a network
     * @param values of its parameters
     * @throws NetworkFormatException if a running variance is negative: every activation behind it would be no number
     */
    static void checkVariances(final NetworkPlan plan, final FloatBuffer values) throws NetworkFormatException {
        int first = 0;
        for (Parameter parameter : plan.parameters()) {
            final int end = first + (int)parameter.size();
            for (int i = first; i < end && parameter.kind() == Parameter.Kind.VARIANCE; i++) {
                if (values.get(i) < 0) {
                    throw new NetworkFormatException("the parameters hold a negative variance: " + parameter.name());
                }
            }
            first = end;
        }
    }
}
