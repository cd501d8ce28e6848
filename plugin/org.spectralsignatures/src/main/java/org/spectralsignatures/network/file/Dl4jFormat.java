package org.spectralsignatures.network.file;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Set;

import org.spectralsignatures.network.DescribedArchitecture;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.NetworkOptions;
import org.spectralsignatures.network.TrainingRecord;

/**
 * The files of earlier versions, in DL4J's model format: {@code configuration.json} and {@code coefficients.bin} as DL4J writes them, and a
 * {@code description.json}. The network is built anew from its description ({@link DescribedArchitecture}), and the rest is compared with it.
 */
final class Dl4jFormat {

    static final String CONFIGURATION = "configuration.json";

    static final String COEFFICIENTS = "coefficients.bin";

    static final String DESCRIPTION = "description.json";

    /** Names of all entries. */
    static final Set<String> ENTRIES = Set.of(CONFIGURATION, COEFFICIENTS, DESCRIPTION);

    private Dl4jFormat() {
    }

    static NetworkFile.Content read(final NetworkZip zip) throws IOException {
        final NetworkDescription description = DescriptionJson.parse(DESCRIPTION, StrictJson.parse(DESCRIPTION, zip.text(DESCRIPTION)));
        final var saved = Dl4jConfiguration.parse(zip.text(CONFIGURATION));
        final NetworkOptions options = saved.options(description);
        final TrainingRecord record = saved.record(options);
        final FloatBuffer parameters = Dl4jParameters.read(zip, options.plan().size());
        saved.check(options, record);
        return new NetworkFile.Content(description, options.plan(), record, parameters);
    }
}
