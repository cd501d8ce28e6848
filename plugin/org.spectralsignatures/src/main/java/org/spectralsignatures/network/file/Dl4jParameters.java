package org.spectralsignatures.network.file;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The {@code coefficients.bin} of a model of DL4J, as earlier versions saved all networks: a vector of big-endian floats behind its shape, in the form of
 * ND4J's {@code Nd4j.write}.
 * The length is never taken from the file: it is that of the network, and compared.
 */
final class Dl4jParameters {

    private static final String NAME = Dl4jFormat.COEFFICIENTS;

    private static final String MODE = "MIXED_DATA_TYPES";

    /** Rank, length, stride, data type, element-wise stride, order. */
    private static final String[] SHAPE = {"rank", "length", "stride", "data type", "element-wise stride", "order"};

    private static final String SHAPE_TYPE = "LONG";

    private static final String TYPE = "FLOAT";

    private static final long FLOAT = 0x2000;

    private static final int HEADER_BYTES =
        2 * (2 + MODE.length() + Long.BYTES) + 2 + SHAPE_TYPE.length() + SHAPE.length * Long.BYTES + 2 + TYPE.length();

    private Dl4jParameters() {
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
        ParameterValues.write(parameters, ByteOrder.BIG_ENDIAN, data);
        data.flush();
    }

    /**
     * @param file a saved network
     * @param count number of its parameters
     * @return the parameters, {@code [count]}
     * @throws NetworkFormatException if there are not exactly as many finite floats
     */
    static FloatBuffer read(final NetworkZip file, final long count) throws IOException {
        ParameterValues.checkCount(count);
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
            final FloatBuffer parameters = ParameterValues.read(in, ByteOrder.BIG_ENDIAN, (int)count, NAME);
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
}
