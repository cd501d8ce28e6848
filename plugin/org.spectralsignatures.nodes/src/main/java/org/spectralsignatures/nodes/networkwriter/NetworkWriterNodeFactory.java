package org.spectralsignatures.nodes.networkwriter;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.NetworkPortObject;

/** Factory of the node 'Network Writer'. */
public final class NetworkWriterNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Network Writer") //
        .icon("networkwriter.png") //
        .shortDescription("Writes a network into a file, in the ONNX format and others.") //
        .fullDescription("""
            <p>Writes a network into a file, to run it in Python or elsewhere, or to take it into another workflow with a Network Reader.</p>
            <ul>
            <li><b>ONNX</b>, opset 13. The file takes any number of images at a time as values from 0 to 255, channels first, in the order red, green, blue, and
            standardises them itself; it gives the probabilities of the classes. Each layer's result has the layer's name, and the names of the classes stand in
            the file's metadata. In Python: <tt>onnxruntime.InferenceSession("network.onnx").run(None, {"images": images})</tt> with an array of
            <tt>float32</tt>.</li>
            <li><b>Spectral Signatures</b>: what a saved workflow holds, with all that is known of the network and its training. A zip file of JSON and
            <tt>safetensors</tt>.</li>
            <li><b>Deeplearning4j</b>: what its <tt>ModelSerializer</tt> reads. Images have to be standardised one by one before they are given to it; classes are not kept.</li>
            </ul>
            <p>A network that a Network Reader read from a file of ONNX or Keras, or a Transfer Learner made, can be written as ONNX only. The file then has in its metadata what
            the settings told of it: preparation of images, order of colours, names of classes. A Network Reader reads it again without being told; other programs
            pass it over, and images have to be prepared for them as before.</p>
            <p>The file appears whole or not at all. Nothing is overwritten unless the settings allow it. The same network gives the same bytes, except as Deeplearning4j.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputPort("Network", "The network to write: of a ResNet Learner or a Network Reader.", NetworkPortObject.TYPE)) //
        .model(m -> m //
            .parametersClass(NetworkWriterNodeParameters.class) //
            .configure(NetworkWriterNodeModel::configure) //
            .execute(NetworkWriterNodeModel::execute)) //
        .nodeType(NodeType.Sink) //
        .keywords("ONNX", "PyTorch", "DL4J", "Deeplearning4j", "save", "export", "model", "neural network", "deep learning") //
        .addExternalResource("https://onnx.ai/", "ONNX: the format");

    /** Called by KNIME. */
    public NetworkWriterNodeFactory() {
        super(NODE);
    }
}
