package org.knime.core.node;

import java.io.IOException;
import java.io.InputStream;

import org.knime.core.node.config.Config;

/** A tree that holds the content of a model. */
public final class ModelContent extends Config implements ModelContentRO, ModelContentWO {

    /** @param key the tree's own key */
    public ModelContent(final String key) {
        super(key);
    }

    @Override
    public Config getInstance(final String key) {
        return new ModelContent(key);
    }

    @Override
    public ModelContent getModelContent(final String key) throws InvalidSettingsException {
        return (ModelContent)getConfig(key);
    }

    @Override
    public ModelContentWO addModelContent(final String key) {
        return (ModelContent)addConfig(key);
    }

    /**
     * @return the tree of an XML file
     * @throws IOException if it is none
     */
    public static ModelContentRO loadFromXML(final InputStream in) throws IOException {
        final var tree = new ModelContent("root");
        tree.load(in);
        return tree;
    }
}
