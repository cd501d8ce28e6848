package org.spectralsignatures.network.file;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Parameter;

/**
 * Named arrays in the <a href="https://huggingface.co/docs/safetensors">safetensors</a> format: the length of a header in 8 bytes
 * (little-endian), the header as JSON (name, type {@code F32}, shape and place of each array), and the arrays in C order, one behind the
 * other in the order of the plan. Nothing is taken from the header: it is compared with that of the plan.
 */
final class SafeTensors {

    private static final int ALIGNMENT = 8;

    private SafeTensors() {
    }

    private static Map<String, Object> header(final List<Parameter> parameters) {
        final Map<String, Object> header = new LinkedHashMap<>();
        long first = 0;
        for (Parameter parameter : parameters) {
            final long end = first + parameter.size() * Float.BYTES;
            final Map<String, Object> array = new LinkedHashMap<>();
            array.put("dtype", "F32");
            array.put("shape", parameter.shape());
            array.put("data_offsets", List.of((int)first, (int)end));
            header.put(parameter.name(), array);
            first = end;
        }
        return header;
    }

    /** @return the header's bytes, filled up with blanks so that the arrays are aligned */
    private static byte[] bytes(final List<Parameter> parameters) {
        final String text = JsonText.brief(header(parameters));
        final int length = text.getBytes(StandardCharsets.UTF_8).length;
        return (text + " ".repeat(-length & ALIGNMENT - 1)).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param parameters their names and shapes
     * @param values of all, from index 0 on
     * @param out receives them
     * @throws IOException if they cannot be written
     */
    static void write(final List<Parameter> parameters, final FloatBuffer values, final OutputStream out) throws IOException {
        final byte[] header = bytes(parameters);
        out.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
        out.write(header);
        ParameterValues.write(values, ByteOrder.LITTLE_ENDIAN, out);
    }

    /**
     * @param zip a saved network
     * @param name of the entry
     * @param plan what it computes
     * @return its parameters, {@code [plan.size()]}
     * @throws NetworkFormatException if there are not exactly those of the plan, all finite
     */
    static FloatBuffer read(final NetworkZip zip, final String name, final NetworkPlan plan) throws IOException {
        final long count = plan.size();
        ParameterValues.checkCount(count);
        final byte[] header = bytes(plan.parameters());
        try (var entry = zip.values(name, Long.BYTES + header.length + count * Float.BYTES); var in = new DataInputStream(entry)) {
            final long length = Long.reverseBytes(in.readLong());
            if (length != header.length) {
                throw new NetworkFormatException("the header of %s has %d bytes, but must have %d".formatted(name, length, header.length));
            }
            final var found = new byte[header.length];
            in.readFully(found);
            StrictJson.compare(name, CurrentFormat.NETWORK, StrictJson.parse("the header of " + name, found), header(plan.parameters()));
            final FloatBuffer parameters = ParameterValues.read(in, ByteOrder.LITTLE_ENDIAN, (int)count, name);
            entry.end();
            return parameters;
        } catch (EOFException e) {
            throw new NetworkFormatException(name + " is cut off");
        }
    }
}
