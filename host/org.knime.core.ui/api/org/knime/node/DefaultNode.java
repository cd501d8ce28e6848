package org.knime.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.knime.core.node.FluentNodeAPI;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.port.PortType;
import org.knime.node.DefaultModel.RequireModelParameters;
import org.knime.node.DefaultView.RequireViewParameters;
import org.knime.node.RequirePorts.PortsAdder;

/** All that makes a node, set step by step. */
public final class DefaultNode implements FluentNodeAPI {

    /**
     * A port.
     *
     * @param name unique among the node's ports
     * @param description for users
     * @param type what it takes or gives
     */
    record Port(String name, String description, PortType type) {
    }

    /**
     * A link.
     *
     * @param href where it leads
     * @param description what is there
     */
    record Resource(String href, String description) {
    }

    private static final class Ports implements PortsAdder {

        private final List<Port> m_inputs = new ArrayList<>();

        private final List<Port> m_outputs = new ArrayList<>();

        @Override
        public PortsAdder addInputPort(final String name, final String description, final PortType portType) {
            m_inputs.add(new Port(name, description, portType));
            return this;
        }

        @Override
        public PortsAdder addOutputPort(final String name, final String description, final PortType portType) {
            m_outputs.add(new Port(name, description, portType));
            return this;
        }
    }

    final String m_name;

    final String m_icon;

    final String m_shortDescription;

    final String m_fullDescription;

    final List<Port> m_inputs;

    final List<Port> m_outputs;

    final DefaultModel m_model;

    NodeType m_nodeType = NodeType.Other;

    final List<String> m_keywords = new ArrayList<>();

    final List<Resource> m_resources = new ArrayList<>();

    private DefaultView m_view;

    private DefaultNode(final String name, final String icon, final String shortDescription, final String fullDescription,
        final Ports ports, final DefaultModel model) {
        m_name = name;
        m_icon = icon;
        m_shortDescription = shortDescription;
        m_fullDescription = fullDescription;
        m_inputs = List.copyOf(ports.m_inputs);
        m_outputs = List.copyOf(ports.m_outputs);
        m_model = model;
    }

    /** @return the first step */
    public static RequireName create() {
        return name -> icon -> shortText -> fullText -> (major, minor, revision) -> portsAdder -> model -> {
            final var ports = new Ports();
            portsAdder.accept(ports);
            return new DefaultNode(name, icon, shortText, fullText, ports, model.apply(DefaultModel.create()));
        };
    }

    Optional<DefaultView> getView() {
        return Optional.ofNullable(m_view);
    }

    /** Adds the view, the only one of the node. */
    public DefaultNode addView(final Function<RequireViewParameters, DefaultView> view) {
        if (m_view != null) {
            throw new UnsupportedOperationException("A node has one view only.");
        }
        m_view = view.apply(DefaultView.create());
        return this;
    }

    /** Sets what kind of node it is. */
    public DefaultNode nodeType(final NodeType nodeType) {
        m_nodeType = nodeType;
        return this;
    }

    /** Sets words that a search finds the node by. */
    public DefaultNode keywords(final String... keywords) {
        if (keywords == null) {
            throw new IllegalArgumentException("keywords must not be null");
        }
        m_keywords.addAll(List.of(keywords));
        return this;
    }

    /** Adds a link below the description. */
    public DefaultNode addExternalResource(final String href, final String description) {
        if (href == null || description == null) {
            throw new IllegalArgumentException("href and description must not be null");
        }
        m_resources.add(new Resource(href, description));
        return this;
    }

    /** First the name. */
    public interface RequireName {

        /** Sets the name. */
        RequireIcon name(String name);
    }

    /** Then the icon. */
    public interface RequireIcon {

        /** Sets the icon, a path beside the factory. */
        RequireShortDescription icon(String icon);
    }

    /** Then one sentence. */
    public interface RequireShortDescription {

        /** Sets what the node does in one sentence. */
        RequireFullDescription shortDescription(String shortDescription);
    }

    /** Then the whole text. */
    public interface RequireFullDescription {

        /** Sets the whole description, as HTML. */
        RequireSinceVersion fullDescription(String fullDescription);
    }

    /** Then the version. */
    public interface RequireSinceVersion {

        /** Sets the version that the node exists since. */
        RequirePorts sinceVersion(int major, int minor, int revision);
    }

    /** At last the model. */
    public interface RequireModel {

        /** Sets what the node does. */
        DefaultNode model(Function<RequireModelParameters, DefaultModel> model);
    }
}
