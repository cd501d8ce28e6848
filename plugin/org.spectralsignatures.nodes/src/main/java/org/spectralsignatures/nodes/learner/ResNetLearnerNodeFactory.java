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
            <p>Trains a neural network from random weights to tell the classes of images apart. Use it on a training set that may hold
            poison, so that the Layer Activation Extractor can look at what the network has learned; and again on the images that the
            Top-k Remover kept, to get a network without the backdoor. It only learns from images and labels and never reads a column that
            flags poison.</p>
            <p>The default is the paper's network, a pre-activation <i>ResNet</i>: a 3 x 3 convolution, three groups of residual units
            with 1, 2 and 4 times as many filters, the average over the pixels, and a dense layer. One unit a group suits a laptop, five
            are the paper's. <i>ResNet-18</i> is larger: four groups of two units, with 1, 2, 4 and 8 times as many filters. The third choice
            is a <i>VGG</i> with batch normalisation: five groups of 3 x 3 convolutions with maximum pooling between them, the average, and a
            dense layer. All are trained by gradient descent with momentum on the cross-entropy.</p>
            <p>Images must be all of one size, with a height and a width of 16 to 256 pixels each, in at least two classes. A set of gray
            images makes a network of gray images. Large images take long and much memory: the <i>Stem</i> and <i>Filters</i> of the network
            decide how much, and 64 pixels a side are enough for many sets. A
            last batch of a single image is left out. If the loss grows beyond use the node stops and tells you to lower the learning
            rate. Cancelling works at any time. With <i>Checkpoints</i> a training that was cancelled, or ended by a crash, goes on where it was when
            the node is executed again; a cancelled one writes how far it is, unless the network is so large that this would take longer than half
            a second. Networks are trained one after the other, since each uses all processor cores.</p>
            <p>The same data, settings and seed give the same network, bit for bit, on the same machine with the same number of threads.</p>
            <p><b>To see a backdoor</b> the network has to learn it. The defaults are chosen for that: no crops, which would move a small
            trigger about and hide it for many epochs, small batches, and a training that ends when nearly all training images are
            classified correctly. If the training accuracy of the last epoch is below 90%, or the attack success rate of the Backdoor
            Evaluator stays low, train more epochs. The network takes its training accuracy along, so that the nodes that follow can tell
            <i>nothing found</i> from <i>not learned</i>.</p>
            """) //
        .sinceVersion(5, 8, 0) //
        .ports(p -> p //
                .addInputTable("Training images", """
                    Images to learn from: a column of PNG images and a column of strings with their classes. The classes are those of the
                    column's domain, or else the labels found, in alphabetical order.
                    """) //
                .addInputPort("Validation images", """
                    Optional: other images of the same classes, in columns of the same names, on which loss and accuracy are measured
                    after each epoch. They have no influence on the network.
                    """, BufferedDataTable.TYPE_OPTIONAL) //
                .addOutputPort("Network", """
                    The trained network with its classes, its layers, the settings it was trained with and its training accuracy, for a
                    Layer Activation Extractor, an Image Classifier Predictor or a Backdoor Evaluator.
                    """, NetworkPortObject.TYPE) //
                .addOutputTable("Training history", """
                    One row for each epoch that was trained. <i>Epoch</i>: from 1. <i>Learning rate</i>: of the last step. <i>Loss</i>:
                    mean cross-entropy of the training images as they were shown, in nats; 0 is perfect, the logarithm of the number of
                    classes is guessing.
                    <i>Accuracy</i>: share of them that was classified correctly, 0 to 1. <i>Validation loss</i> and <i>Validation
                    accuracy</i>: the same of the validation images after the epoch, missing without any. <i>Seconds</i>: time the epoch
                    took. With checkpoints also <i>Resumed</i>: where in the epoch the training went on from a checkpoint and of when that was,
                    missing where it was not interrupted.
                    """)) //
        .model(m -> m //
            .parametersClass(ResNetLearnerNodeParameters.class) //
            .configure(ResNetLearnerNodeModel::configure) //
            .execute(ResNetLearnerNodeModel::execute)) //
        .addView(ResNetLearnerNodeView::describe) //
        .nodeType(NodeType.Learner) //
        .keywords("deep learning", "neural network", "CNN", "ResNet", "ResNet-18", "VGG", "train", "classification", "DL4J") //
        .addExternalResource("https://arxiv.org/abs/1811.00636",
            "Tran, Li and Madry: Spectral Signatures in Backdoor Attacks (NeurIPS 2018)") //
        .addExternalResource("https://arxiv.org/abs/1603.05027",
            "He, Zhang, Ren and Sun: Identity Mappings in Deep Residual Networks (2016), the network") //
        .addExternalResource("https://arxiv.org/abs/1512.03385",
            "He, Zhang, Ren and Sun: Deep Residual Learning for Image Recognition (2015), ResNet-18 and the large stem") //
        .addExternalResource("https://arxiv.org/abs/1409.1556",
            "Simonyan and Zisserman: Very Deep Convolutional Networks for Large-Scale Image Recognition (2015), VGG");

    /** Called by KNIME. */
    public ResNetLearnerNodeFactory() {
        super(NODE);
    }
}
