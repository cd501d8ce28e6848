package org.spectralsignatures.network.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.DescribedArchitecture;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.TrainingRecord;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Step;

/**
 * Networks as models of Deeplearning4j 1.0.0-M2.1, in the zip that its {@code ModelSerializer} writes and reads: a
 * {@code ComputationGraph} of DL4J's own layers, for images {@code [n, h, w, c]} that were standardised one by one
 * ({@link org.spectralsignatures.network.ImageStandardisation}). No class of this library or of DL4J is needed on the other side.
 *
 * <p>Where a residual unit gets more channels, DL4J has no layer that adds zero ones: a 1 x 1 convolution does, which no
 * training changes.
 */
public final class Dl4jModel {

    private Dl4jModel() {
    }

    /**
     * Exports a network; what is known of it beyond its computation (classes, size of the images, provenance) has no place in such a file.
     *
     * @param network stays the caller's
     * @param file to be created or replaced, complete or not at all
     * @throws IOException if it cannot be written; the message names the file
     */
    public static void write(final TrainedNetwork network, final Path file) throws IOException {
        final Path partial = file.resolveSibling(file.getFileName() + ".part");
        final var tree = new Dl4jModelTree(network.plan(), network.record());
        try {
            try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)))) {
                zip.putNextEntry(new ZipEntry(Dl4jFormat.CONFIGURATION));
                zip.write(JsonText.write(tree.root()).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
                zip.putNextEntry(new ZipEntry(Dl4jFormat.COEFFICIENTS));
                Dl4jParameters.write(tree.pieces().toModel(network.plan(), network.session().parameters()), zip);
                zip.closeEntry();
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException("The model cannot be written to '%s': %s.".formatted(file, e.getMessage() == null ? e.toString() : e.getMessage()), e);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /**
     * Reads a model that consists of steps that this library knows, for example one that was exported and then trained further in DL4J.
     * Nothing in the file is believed, and no class is made because the file names it.
     *
     * @param file written by {@link #write}, or by DL4J's {@code ModelSerializer}; what else it holds (state of the updater) is not read
     * @param shape of the images, which such a file does not tell
     * @param classes their names, in the order of the outputs
     * @return the network on the engine that {@link Engines} gives, to be closed by the caller
     * @throws IOException if the file cannot be read or holds another model; the message names the file and the vertex that does not fit
     */
    public static TrainedNetwork read(final Path file, final ImageShape shape, final List<String> classes) throws IOException {
        try (var zip = NetworkZip.openModel(file)) {
            final var model = new Dl4jModelReader(shape, StrictJson.parse(Dl4jFormat.CONFIGURATION, zip.text(Dl4jFormat.CONFIGURATION)));
            final NetworkPlan plan = model.plan();
            final NetworkDescription description = description(plan, classes);
            DescribedArchitecture.check(description, plan);
            CurrentFormat.checkSizes(plan);
            final FloatBuffer parameters = model.pieces().fromModel(plan, Dl4jParameters.read(zip, model.pieces().size()));
            ParameterValues.checkVariances(plan, parameters);
            return new TrainedNetwork(description, plan, new TrainingRecord(0, 0, 0, "CONSTANT", 0, 1, 0), Engines.get().open(plan, parameters));
        } catch (IOException | RuntimeException e) {
            throw new IOException("'%s' holds no model of Deeplearning4j that can be read: %s.".formatted(file,
                e.getMessage() == null ? e.toString() : e.getMessage().replaceAll("\\.+$", "")), e);
        }
    }

    /** The default layer is the last one that still has positions, as in our architectures. */
    private static NetworkDescription description(final NetworkPlan plan, final List<String> classes) {
        final List<LayerInfo> layers = LayerInfo.of(plan);
        LayerInfo layer = layers.get(0);
        for (int i = 1; i < layers.size() && !(step(plan, layers.get(i)) instanceof Step.GlobalAveragePooling); i++) {
            layer = layers.get(i);
        }
        return new NetworkDescription(plan.input(), List.copyOf(classes), layers, layer.name(),
            Map.of("architecture", "model of Deeplearning4j, %d steps".formatted(plan.steps().size())));
    }

    private static Step step(final NetworkPlan plan, final LayerInfo layer) {
        return plan.steps().stream().filter(step -> step.name().equals(layer.name())).findFirst().orElseThrow();
    }
}
