package org.spectralsignatures.engine.cpu.layers;

import java.util.Collection;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What DL4J expects each configuration to do with the layer that it made. */
final class NewLayer {

    private NewLayer() {
    }

    static Layer complete(final Layer layer, final NeuralNetConfiguration conf, final Collection<TrainingListener> listeners,
        final int index, final INDArray parameters, final boolean initialize) {
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(conf.getLayer().initializer().init(conf, parameters, initialize));
        layer.setConf(conf);
        return layer;
    }
}
