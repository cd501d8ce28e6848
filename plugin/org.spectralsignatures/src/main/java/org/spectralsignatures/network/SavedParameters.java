package org.spectralsignatures.network;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spectralsignatures.network.kernels.Floats;

/**
 * The {@code coefficients.bin} of a saved network: a vector of floats as {@link Nd4j#write} puts it. ND4J's own reader hands the lengths
 * in the file to native code as they are; this one takes the length from the network and compares.
 */
final class SavedParameters {

    private static final String NAME = NetworkFile.COEFFICIENTS;

    private static final String MODE = "MIXED_DATA_TYPES";

    /** Rank, length, stride, data type, element-wise stride, order. */
    private static final String[] SHAPE = {"rank", "length", "stride", "data type", "element-wise stride", "order"};

    private static final long FLOAT = 0x2000;

    private static final int HEADER_BYTES = 2 * (2 + MODE.length() + Long.BYTES) + 2 + "LONG".length() + SHAPE.length * Long.BYTES + 2 + "FLOAT".length();

    private static final int CHUNK = 1 << 14;

    private SavedParameters() {
    }

    /**
     * @param configuration of a network
     * @return number of its parameters
     */
    static long count(final ComputationGraphConfiguration configuration) {
        long count = 0;
        for (GraphVertex vertex : configuration.getVertices().values()) {
            if (vertex instanceof LayerVertex layer) {
                count = Math.addExact(count, layer.getLayerConf().getLayer().initializer().numParams(layer.getLayerConf()));
            }
        }
        return count;
    }

    /**
     * @param file a saved network
     * @param count number of its parameters
     * @return the parameters, {@code [count]}, to be closed by the caller
     * @throws NetworkFormatException if there are not exactly as many finite floats
     */
    static INDArray read(final NetworkFile file, final long count) throws IOException {
        if (count > Integer.MAX_VALUE) {
            throw new NetworkFormatException("the network has %d parameters, more than can be kept".formatted(count));
        }
        try (var entry = file.values(NAME, HEADER_BYTES + count * Float.BYTES); var in = new DataInputStream(entry)) {
            final long[] right = {1, count, 1, FLOAT, 1, 'c'};
            text(in, MODE);
            number(in, "length of the shape", right.length);
            text(in, "LONG");
            for (int i = 0; i < right.length; i++) {
                number(in, SHAPE[i], right[i]);
            }
            text(in, MODE);
            number(in, "length", count);
            text(in, "FLOAT");
            final INDArray parameters = Nd4j.createUninitialized(DataType.FLOAT, count);
            boolean complete = false;
            try {
                fill(in, Floats.of(parameters));
                entry.end();
                complete = true;
                return parameters;
            } finally {
                if (!complete) {
                    parameters.close();
                }
            }
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
     * @param network with its parameters
     * @throws NetworkFormatException if a running variance is negative: every activation behind it would be no number
     */
    static void checkVariances(final ComputationGraph network) throws NetworkFormatException {
        for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
            final String name = parameter.getKey();
            if (name.substring(name.lastIndexOf('_') + 1).startsWith("var") && parameter.getValue().minNumber().floatValue() < 0) {
                throw new NetworkFormatException("%s holds a negative variance: %s".formatted(NAME, name));
            }
        }
    }
}
