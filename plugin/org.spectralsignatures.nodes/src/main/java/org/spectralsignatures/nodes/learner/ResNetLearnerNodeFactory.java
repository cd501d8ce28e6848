package org.spectralsignatures.nodes.learner;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.nodes.port.NetworkPortObject;

/** Factory of the node 'ResNet Learner'. */
public final class ResNetLearnerNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("ResNet Learner") //
        .icon("learner.png") //
        .shortDescription("Trains a residual network or a VGG to classify images.") //
        .fullDescription("""
            <p>Trains the pre-activation residual network of the paper from random weights: a 3 x 3 convolution, three groups of residual units
            with 1, 2 and 4 times as many filters, global average pooling and a dense layer; heavy-ball gradient descent with weight decay on the
            kernels. One unit a group (ResNet-8) suits a laptop, five are the paper's. The other <i>architecture</i> is a VGG with batch
            normalisation: five groups of 3 x 3 convolutions, maximum pooling between them, global average pooling and a dense layer.</p>
            <p>Images must be square, 16 to 64 pixels and a multiple of 4. The same data, settings and seed give the same network on the same machine.
            A column that flags poison is not read.</p>
            """) //
        .sinceVersion(1, 0, 0) //
        .ports(p -> p //
                .addInputTable("Training images", "Images with their labels.") //
                .addInputPort("Validation images", "Optional: images on which loss and accuracy are measured after each epoch.", BufferedDataTable.TYPE_OPTIONAL) //
                .addOutputPort("Network", "The trained network.", NetworkPortObject.TYPE) //
                .addOutputTable("Training history", "One row an epoch: learning rate, loss, accuracy and time.")) //
        .model(m -> m //
            .parametersClass(ResNetLearnerNodeParameters.class) //
            .configure(ResNetLearnerNodeModel::configure) //
            .execute(ResNetLearnerNodeModel::execute)) //
        .addView(ResNetLearnerNodeView::describe) //
        .nodeType(NodeType.Learner) //
        .keywords("deep learning", "CNN", "ResNet", "VGG", "train", "classification", "DL4J");

    /** Called by KNIME. */
    public ResNetLearnerNodeFactory() {
        super(NODE);
    }
}
