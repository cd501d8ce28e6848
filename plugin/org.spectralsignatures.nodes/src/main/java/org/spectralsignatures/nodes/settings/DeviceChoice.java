package org.spectralsignatures.nodes.settings;

import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.engine.Device;

/** The setting 'Device' of nodes that compute much: where they do. */
public enum DeviceChoice {

    /** Whatever is there. */
    @Label(value = "Automatic", description = "The GPU where one can be used, else the CPU.")
    AUTOMATIC(Device.AUTOMATIC),

    /** The processor. */
    @Label(value = "CPU", description = "The processor, on every machine.")
    CPU(Device.CPU),

    /** A graphics processor. */
    @Label(value = "GPU", description = "The GPU; where none can be used the CPU, with a warning that says what is missing.")
    GPU(Device.GPU);

    /** Title of the setting. */
    public static final String TITLE = "Device";

    /** What it does, where a network is run. */
    public static final String DESCRIPTION = """
        Where the network is computed. A GPU is one of NVIDIA's, and needs the feature <i>Spectral Signatures for KNIME, CUDA</i> and NVIDIA's
        libraries (see the Guide); <b>it has not run on a GPU yet</b>. A network in the ONNX format, and what the Transfer Learner puts behind one, is
        computed by ONNX Runtime, and needs a build of that for CUDA instead, which does not come with this extension. CPU and GPU round
        differently, so that results of <i>Automatic</i>, the default, may differ from machine to machine in their last digits. Workflows that were saved before
        there was this setting have <i>CPU</i>.
        """;

    /**
     * Workflows that were saved before there was this setting computed on the processor; networks in the ONNX format, where a build of ONNX Runtime for CUDA had been
     * put in the place of ours, on that: they are on the processor now, too.
     */
    public static final class AsBefore implements DefaultProvider<DeviceChoice> {
        @Override
        public DeviceChoice getDefault() {
            return CPU;
        }
    }

    private final Device m_device;

    DeviceChoice(final Device device) {
        m_device = device;
    }

    /** @return the library's word for it */
    public Device device() {
        return m_device;
    }
}
