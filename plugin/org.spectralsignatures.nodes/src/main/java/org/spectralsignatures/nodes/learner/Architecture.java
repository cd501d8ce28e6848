package org.spectralsignatures.nodes.learner;

import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;

/** The kind of network. */
enum Architecture {
    /** The paper's. */
    @Label(value = "ResNet", description = "Pre-activation residual network, the network of the paper.")
    RESNET,

    /** The one that others use. */
    @Label(value = "ResNet-18", description = """
        Pre-activation ResNet of 18 layers (He et al. 2016): four groups of two units, with 1, 2, 4 and 8 times as many filters. With 64
        filters it is what other tools for backdoors train.
        """)
    RESNET_18,

    /** The other one. */
    @Label(value = "VGG", description = "VGG with batch normalisation (Simonyan and Zisserman 2015), as in the paper's supplement.")
    VGG;

    /** Stands for the setting 'Architecture'. */
    static final class Reference implements ParameterReference<Architecture> {
    }

    /** It is the paper's. */
    static final class IsResNet implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(RESNET);
        }
    }

    /** It is a VGG. */
    static final class IsVgg implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(VGG);
        }
    }
}
