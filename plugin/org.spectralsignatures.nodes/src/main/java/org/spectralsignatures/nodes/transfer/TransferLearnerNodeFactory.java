package org.spectralsignatures.nodes.transfer;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.nodes.port.NetworkPortObject;

/** Factory of the node 'Transfer Learner'. */
public final class TransferLearnerNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Transfer Learner") //
        .icon("transfer.png") //
        .shortDescription("Trains a small classifier on a layer of a network that was trained on other images.") //
        .fullDescription("""
            <p>Makes a network for your classes of one that was trained on others (transfer learning). Use it instead of the ResNet Learner
            where a set is too small to train a network from random weights, some hundreds of images: the network has learned elsewhere what images are
            made of. It takes a network of a Network Reader (ONNX, from PyTorch, Keras and others) or one of a ResNet Learner.</p>
            <p>The network stays as it is. Each image is run through it once, up to the chosen <i>Layer</i>, and on what comes out there a small
            classifier is trained: a softmax regression, or one with a layer of hidden units before it. The values are standardised; the cross-entropy with a
            weight decay is minimised by L-BFGS, which finds the lengths of its steps itself, so that there is no learning rate to set. The
            result is one network, an ONNX file: the layers up to the chosen one and the classifier. All nodes that take a network take it, and the
            Network Writer writes it for Python.</p>
            <p>Images must have the size that the network takes: resize them first. The classes of the network itself are of no account.</p>
            <p><b>To see a backdoor</b> the network has to learn it, and here only the classifier learns: what the layer does not show of a trigger is
            not learned, and the Backdoor Auditor cannot name it. On small sets of photos the defaults learned more backdoors than a ResNet Learner, which had to
            begin from random weights; the last layer learned fewer, and through <i>Global average</i> small marks were hardly seen. Where much hangs on
            it, train a ResNet Learner as well. The node warns if the training accuracy is below 90%: try <i>Flatten</i>, another layer or hidden
            units.</p>
            <p>The same network, images, settings and seed give the same result, bit for bit, on the same machine. The node needs the feature <i>Spectral Signatures
            for KNIME, ONNX</i>.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputPort("Network", "A network that was trained on other images of the same size.", NetworkPortObject.TYPE) //
                .addInputTable("Training images", """
                    Images to learn from: a column of PNG images and a column of strings with their classes. The classes are those of the
                    column's domain, or else the labels found, in alphabetical order.
                    """) //
                .addInputPort("Validation images", """
                    Optional: other images of the same classes, in columns of the same names, on which loss and accuracy are measured
                    after each epoch. They have no influence on the network.
                    """, BufferedDataTable.TYPE_OPTIONAL) //
                .addOutputPort("Network", """
                    The network with its new classes, its layers up to the chosen one, and those of the classifier: <i>head_average</i> (the
                    channels' means), <i>head_hidden</i> (the hidden units). The last of these is its default layer.
                    """, NetworkPortObject.TYPE) //
                .addOutputTable("Training history", """
                    One row for each epoch. <i>Epoch</i>: from 1. <i>Learning rate</i>: the length of the step that the optimiser found, 1 for a whole
                    one. <i>Loss</i>: mean cross-entropy of the training images after the step, without the weight decay, in nats; 0 is perfect, the logarithm of the
                    number of classes is guessing. <i>Accuracy</i>: share of them that is classified correctly, 0 to 1. <i>Validation loss</i> and
                    <i>Validation accuracy</i>: the same of the validation images, missing without any. <i>Seconds</i>: time the epoch took.
                    """)) //
        .model(m -> m //
            .parametersClass(TransferLearnerNodeParameters.class) //
            .configure(TransferLearnerNodeModel::configure) //
            .execute(TransferLearnerNodeModel::execute)) //
        .addView(TransferLearnerNodeView::describe) //
        .nodeType(NodeType.Learner) //
        .keywords("transfer learning", "fine-tuning", "pretrained", "linear probe", "logistic regression", "softmax regression", "classification head", "embedding",
            "deep learning", "neural network", "ONNX") //
        .addExternalResource("https://arxiv.org/abs/1811.00636",
            "Tran, Li and Madry: Spectral Signatures in Backdoor Attacks (NeurIPS 2018)") //
        .addExternalResource("https://doi.org/10.1007/BF01589116",
            "Liu and Nocedal: On the limited memory BFGS method for large scale optimization (1989)") //
        .addExternalResource("https://arxiv.org/abs/1411.1792",
            "Yosinski, Clune, Bengio and Lipson: How transferable are features in deep neural networks? (2014)");

    /** Called by KNIME. */
    public TransferLearnerNodeFactory() {
        super(NODE);
    }
}
