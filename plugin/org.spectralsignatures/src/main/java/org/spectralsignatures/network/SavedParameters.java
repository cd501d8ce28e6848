package org.spectralsignatures.network;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;

import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Parameter;

/**
 * The {@code coefficients.bin} of a saved network: a vector of big-endian floats behind its shape, in the form of ND4J's {@code Nd4j.write}.
 * The length is never taken from the file: it is that of the network, and compared.
 */
final class SavedParameters {

    private static final String NAME = NetworkFile.COEFFICIENTS;

    private static final String MODE = "MIXED_DATA_TYPES";

    /** Rank, length, stride, data type, element-wise stride, order. */
    private static final String[] SHAPE = {"rank", "length", "stride", "data type", "element-wise stride", "order"};

    private static final String SHAPE_TYPE = "LONG";

    private static final String TYPE = "FLOAT";

    private static final long FLOAT = 0x2000;

    private static final int HEADER_BYTES =
        2 * (2 + MODE.length() + Long.BYTES) + 2 + SHAPE_TYPE.length() + SHAPE.length * Long.BYTES + 2 + TYPE.length();

    private static final int CHUNK = 1 << 14;

    private SavedParameters() {
    }

    private static long[] shape(final long count) {
        return new long[]{1, count, 1, FLOAT, 1, 'c'};
    }

    /**
     * @param parameters of a network, all from index 0 on
     * @param out receives them
     * @throws IOException if they cannot be written
     */
    static void write(final FloatBuffer parameters, final OutputStream out) throws IOException {
        final var data = new DataOutputStream(out);
        final long[] shape = shape(parameters.capacity());
        data.writeUTF(MODE);
        data.writeLong(shape.length);
        data.writeUTF(SHAPE_TYPE);
        for (long number : shape) {
            data.writeLong(number);
        }
        data.writeUTF(MODE);
        data.writeLong(parameters.capacity());
        data.writeUTF(TYPE);
        final var bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
        for (int first = 0; first < parameters.capacity(); first += CHUNK) {
            final int n = Math.min(CHUNK, parameters.capacity() - first);
            bytes.clear().asFloatBuffer().put(0, parameters, first, n);
            data.write(bytes.array(), 0, n * Float.BYTES);
        }
        data.flush();
    }

    /**
     * @param file a saved network
     * @param count number of its parameters
     * @return the parameters, {@code [count]}
     * @throws NetworkFormatException if there are not exactly as many finite floats
     */
    static FloatBuffer read(final NetworkFile file, final long count) throws IOException {
        if (count > Integer.MAX_VALUE / Float.BYTES) {
            throw new NetworkFormatException("the network has %d parameters, more than can be kept".formatted(count));
        }
        try (var entry = file.values(NAME, HEADER_BYTES + count * Float.BYTES); var in = new DataInputStream(entry)) {
            final long[] right = shape(count);
            text(in, MODE);
            number(in, "length of the shape", right.length);
            text(in, SHAPE_TYPE);
            for (int i = 0; i < right.length; i++) {
                number(in, SHAPE[i], right[i]);
            }
            text(in, MODE);
            number(in, "length", count);
            text(in, TYPE);
            final FloatBuffer parameters = ByteBuffer.allocateDirect((int)count * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
            fill(in, parameters);
            entry.end();
            return parameters;
        } catch (EOFException e) {
            throw new NetworkFormatException(NAME + " is cut off");
        }
    }

    private static void text(final DataInputStream in, final String right) throws IOException {
        final byte[] bytes = in.readNBytes(2 + right.length());
        if (bytes.length < 2 + right.length() || bytes[0] != 0 || bytes[1] != right.length()
            || !new String(bytes, 2, right.length(), StandardCharsets.US_ASCII).equals(right)) {
            throw new NetworkFormatException("%s does not say '%s' where it should".formatted(NAME, right));
        }
    }

    private static void number(final DataInputStream in, final String what, final long right) throws IOException {
        final long found = in.readLong();
        if (found != right) {
            throw new NetworkFormatException("the %s in %s is %d, but must be %d".formatted(what, NAME, found, right));
        }
    }

    private static void fill(final DataInputStream in, final FloatBuffer target) throws IOException {
        final var bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
        final var values = new float[CHUNK];
        for (int first = 0; first < target.capacity(); first += CHUNK) {
            final int n = Math.min(CHUNK, target.capacity() - first);
            in.readFully(bytes.array(), 0, n * Float.BYTES);
            bytes.clear().asFloatBuffer().get(values, 0, n);
            for (int i = 0; i < n; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new NetworkFormatException("parameter %d of %d in %s is %s".formatted(first + i + 1, target.capacity(), NAME, values[i]));
                }
            }
            target.put(first, values, 0, n);
        }
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
                    throw new NetworkFormatException("%s holds a negative variance: %s".formatted(NAME, parameter.name()));
                }
            }
            first = end;
        }
    }
}
