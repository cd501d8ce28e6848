package org.spectralsignatures.nodes.port;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;

import javax.swing.JComponent;

import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;
import org.spectralsignatures.engine.Device;
import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.engine.TensorRuntime;
import org.spectralsignatures.engine.TensorRuntimes;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.TrainedNetwork;
import org.spectralsignatures.network.file.NetworkFile;
import org.spectralsignatures.network.onnx.OnnxNetwork;
import org.spectralsignatures.network.onnx.OnnxReading;
import org.spectralsignatures.nodes.task.EngineSearch;

/** A trained network; its weights lie in a file store. */
public final class NetworkPortObject extends FileStorePortObject {

    /** The port of a network. */
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(NetworkPortObject.class);

    /** The port of a network that need not be connected. */
    public static final PortType TYPE_OPTIONAL = PortTypeRegistry.getInstance().getPortType(NetworkPortObject.class, true);

    /** Writes and reads what does not lie in the file store: nothing but the spec, which is saved on its own. */
    public static final class Serializer extends PortObjectSerializer<NetworkPortObject> {

        @Override
        public void savePortObject(final NetworkPortObject portObject, final PortObjectZipOutputStream out, final ExecutionMonitor exec)
            throws IOException {
            out.putNextEntry(new ZipEntry("network"));
            out.closeEntry();
        }

        @Override
        public NetworkPortObject loadPortObject(final PortObjectZipInputStream in, final PortObjectSpec spec, final ExecutionMonitor exec)
            throws IOException {
            if (spec instanceof NetworkPortObjectSpec network) {
                return new NetworkPortObject(network);
            }
            throw new IOException("The network cannot be read: its layers and classes were not saved with it. Train it again.");
        }
    }

    private final NetworkPortObjectSpec m_spec;

    private NetworkPortObject(final NetworkPortObjectSpec spec) {
        m_spec = spec;
    }

    private NetworkPortObject(final NetworkPortObjectSpec spec, final FileStore fileStore) {
        super(List.of(fileStore));
        m_spec = spec;
    }

    /**
     * @param network is saved and stays the caller's
     * @param fileStore receives it
     * @return the port object
     */
    public static NetworkPortObject create(final TrainedNetwork network, final FileStore fileStore) throws IOException {
        NetworkFile.save(network, fileStore.getFile().toPath());
        return new NetworkPortObject(new NetworkPortObjectSpec(network.description()), fileStore);
    }

    /**
     * @param file a network in the ONNX format, which is copied with all its values into one file
     * @param description of the network
     * @param reading how it is run
     * @param fileStore receives it
     * @param monitor cancellation
     * @return the port object
     * @throws IOException if it cannot be copied, or the copy is no such network; the message says why
     * @throws TaskCancelledException if the monitor said so
     */
    public static NetworkPortObject create(final Path file, final NetworkDescription description, final OnnxReading reading, final FileStore fileStore,
        final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final Path copy = fileStore.getFile().toPath();
        OnnxNetwork.copy(file, copy, monitor);
        OnnxNetwork.open(copy, description, reading).close();
        return new NetworkPortObject(new NetworkPortObjectSpec(description, reading), fileStore);
    }

    /**
     * @param wish where it is computed
     * @param monitor asked while it is found out whether that is possible
     * @return the network, to be closed by the caller
     * @throws IOException if the file holds another network or none, or nothing is installed that runs it; the message names it
     * @throws TaskCancelledException if the monitor said so
     */
    public OpenedNetwork open(final Device wish, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (m_spec.reading() == null) {
            final Engines.Choice choice = EngineSearch.find(wish, monitor);
            return new OpenedNetwork(openTrained(choice.engine()), choice.engine().describe(), choice.note());
        }
        final TensorRuntime runtime = TensorRuntimes.get();
        return new OpenedNetwork(OnnxNetwork.open(file(), m_spec.description(), m_spec.reading(), wish), runtime.describe(wish), runtime.note(wish));
    }

    /** @return the file that holds the network, of this port's own */
    public Path file() {
        return getFileStore(0).getFile().toPath();
    }

    /**
     * @return the network with all its parameters, to be closed by the caller
     * @throws IOException if the file holds another network or none; the message names it
     */
    public TrainedNetwork openTrained() throws IOException {
        return openTrained(Engines.get());
    }

    private TrainedNetwork openTrained(final Engine engine) throws IOException {
        final Path file = file();
        final TrainedNetwork network = NetworkFile.load(file, engine);
        if (!network.description().equals(m_spec.description())) {
            network.close();
            throw new IOException("'%s' holds another network than the one of this port. Train it again.".formatted(file));
        }
        return network;
    }

    @Override
    public NetworkPortObjectSpec getSpec() {
        return m_spec;
    }

    @Override
    public String getSummary() {
        final var description = m_spec.description();
        return "%s; %d classes, %s%s".formatted(description.provenance().getOrDefault("architecture", "Network"), description.classes().size(),
            description.shape().describe() + (description.shape().channels() == 1 ? ", gray" : ""), description.training() == null ? "" : "; " + description.training().describe());
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }
}
