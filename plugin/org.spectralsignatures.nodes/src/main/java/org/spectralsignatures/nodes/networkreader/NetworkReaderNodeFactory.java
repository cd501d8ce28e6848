package org.spectralsignatures.nodes.networkreader;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.NetworkPortObject;

/** Factory of the node 'Network Reader'. */
public final class NetworkReaderNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Network Reader") //
        .icon("networkreader.png") //
        .shortDescription("Reads a network that was trained elsewhere, from files of ONNX, Keras and others.") //
        .fullDescription("""
            <p>Reads a network that classifies images, whoever trained it: connect it to a Layer Activation Extractor, an Image Classifier
            Predictor, a Backdoor Auditor or a Backdoor Evaluator in the place of a ResNet Learner. Use it when a network
            was trained on the suspicious set already, in Python or elsewhere.</p>
            <p>What the file holds is told by its content, whatever it is called:</p>
            <ul>
            <li><b>ONNX</b>, which PyTorch (<tt>torch.onnx.export</tt>), Keras and TensorFlow (<tt>tf2onnx</tt>) and others write. It is run by ONNX Runtime,
            which comes with the feature <i>Spectral Signatures for KNIME, ONNX</i>; without it the node says what to install. Values
            in a second file (<tt>network.onnx.data</tt>) are read where it lies in the same folder or below, under the name that it had when it was
            written. With them a network may have up to 2 GB.</li>
            <li><b>Keras</b>: what <tt>model.save</tt> of Keras 2 and 3 writes (<tt>.h5</tt>, <tt>.keras</tt>), of the classes Sequential and Functional, also with
            networks in them. It is translated into ONNX, layer by layer, and keeps the names of its layers. Convolutions (plain, depthwise, separable), dense and
            pooling layers, batch normalisation, the usual activations, sums, products and concatenations, padding, cropping, upsampling, rescaling and
            normalisation are known, and what does nothing outside of a training; another layer is refused by its name, with the
            advice to convert the network to ONNX in Python.</li>
            <li><b>A network of the ResNet Learner</b>, as it lies in a saved workflow. It knows all that the settings ask for: leave them as they are.</li>
            <li><b>Deeplearning4j</b>: a model of its <tt>ModelSerializer</tt> that consists of steps which the ResNet Learner has. It does not know its
            classes and the size of its images: set these.</li>
            </ul>
            <p>Networks of TensorFlow Lite and PyTorch's own files are told apart and refused with what to do.</p>
            <p>Of a network of ONNX or Keras each tensor that depends on the images and has a value or more for each of them is offered as a <i>layer</i>, by the name
            that it has in the file. To see their shapes the network is run once, with noise. The default layer is what the last dense layer
            takes, that is the representation that the classes are told by. Only the part before the layer is computed.</p>
            <p><b>Two things have to be right</b>, and no file says them: how images were prepared for the network (<i>Preparation of images</i>), and the
            names of the classes, in the order of its outputs. See by an Image Classifier Predictor that it takes images for what they are.</p>
            <p>The images at the network's input need the size that it takes: read or resize them so. One of any number of images at a time is computed
            in batches; one whose number is fixed gets as many at a time, and the last ones filled up. Gray networks see
            colour images in gray.</p>
            <p>The same network and images give the same activations, with any number of threads, on one machine; another processor or version of ONNX Runtime
            may differ in the last digits.</p>
            <p>The file is copied into the workflow's data, with values of a second file in it, so that it may be moved afterwards. Operators that neither ONNX nor ONNX Runtime
            has, nodes in a circle, values that do not fit their shapes, and those in files elsewhere are refused by name.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputPort("Labelled images", """
                    Optional: a table whose column of strings lists the classes that the network tells apart, for example the training images. Its
                    classes, in the order of the column's domain or else of the alphabet, are the names of the network's outputs.
                    """, BufferedDataTable.TYPE_OPTIONAL) //
                .addOutputPort("Network", """
                    The network with its classes and layers, for a Layer Activation Extractor, an Image Classifier Predictor, a Backdoor Auditor or a
                    Backdoor Evaluator.
                    """, NetworkPortObject.TYPE)) //
        .model(m -> m //
            .parametersClass(NetworkReaderNodeParameters.class) //
            .configure(NetworkReaderNodeModel::configure) //
            .execute(NetworkReaderNodeModel::execute)) //
        .nodeType(NodeType.Source) //
        .keywords("ONNX", "PyTorch", "Keras", "TensorFlow", "DL4J", "Deeplearning4j", "load", "import", "model", "neural network", "deep learning", "pretrained") //
        .addExternalResource("https://onnx.ai/", "ONNX: the format") //
        .addExternalResource("https://onnxruntime.ai/", "ONNX Runtime, which runs such networks");

    /** Called by KNIME. */
    public NetworkReaderNodeFactory() {
        super(NODE);
    }
}
