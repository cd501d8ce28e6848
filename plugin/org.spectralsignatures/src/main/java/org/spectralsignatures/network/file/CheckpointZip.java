package org.spectralsignatures.network.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipOutputStream;

import org.spectralsignatures.network.plan.NetworkPlan;

/**
 * The zip file of a training that is not at its end: a text of JSON, which the training understands, the parameters of its network and their
 * velocities, both as {@link SafeTensors} with the names and shapes of the plan. Nothing is compressed, and each entry has its checksum.
 */
public final class CheckpointZip implements AutoCloseable {

    /** Name of the text, for messages. */
    public static final String TEXT = "checkpoint.json";

    private static final String PARAMETERS = "parameters.safetensors";

    private static final String VELOCITY = "velocity.safetensors";

    static final Set<String> ENTRIES = Set.of(TEXT, PARAMETERS, VELOCITY);

    private final NetworkZip zip;

    private CheckpointZip(final NetworkZip zip) {
        this.zip = zip;
    }

    /**
     * @param text a tree of JSON, see {@link JsonText}
     * @param plan of the network
     * @param parameters {@code [plan.size()]}
     * @param velocity {@code [plan.size()]}
     * @param out receives the zip, and stays open
     * @throws IOException if it cannot be written
     */
    public static void write(final Map<String, Object> text, final NetworkPlan plan, final FloatBuffer parameters, final FloatBuffer velocity,
        final OutputStream out) throws IOException {
        final var zip = new ZipOutputStream(out); // NOSONAR the stream is the caller's
        zip.setLevel(Deflater.NO_COMPRESSION);
        CurrentFormat.begin(zip, TEXT);
        zip.write(JsonText.write(text).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        CurrentFormat.begin(zip, PARAMETERS);
        SafeTensors.write(plan.parameters(), parameters, zip);
        zip.closeEntry();
        CurrentFormat.begin(zip, VELOCITY);
        SafeTensors.write(plan.parameters(), velocity, zip);
        zip.closeEntry();
        zip.finish();
    }

    /**
     * @param file that may come from a stranger, or be damaged
     * @return what it holds, of which nothing is believed yet
     * @throws NetworkFormatException if it is no such zip
     * @throws IOException if it cannot be read
     */
    public static CheckpointZip open(final Path file) throws IOException {
        return new CheckpointZip(NetworkZip.openCheckpoint(file));
    }

    /**
     * @return the text as a tree, see {@link StrictJson}
     * @throws NetworkFormatException if it is damaged or no JSON
     */
    public Object text() throws IOException {
        return StrictJson.parse(TEXT, zip.text(TEXT));
    }

    /**
     * @param plan of the network
     * @return its parameters, {@code [plan.size()]}
     * @throws NetworkFormatException if there are not exactly those of the plan, undamaged and finite
     */
    public FloatBuffer parameters(final NetworkPlan plan) throws IOException {
        final FloatBuffer values = SafeTensors.read(zip, PARAMETERS, plan);
        ParameterValues.checkVariances(plan, values);
        return values;
    }

    /**
     * @param plan of the network
     * @return the velocity of each parameter, {@code [plan.size()]}
     * @throws NetworkFormatException if there are not exactly those of the plan, undamaged and finite
     */
    public FloatBuffer velocity(final NetworkPlan plan) throws IOException {
        return SafeTensors.read(zip, VELOCITY, plan);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
