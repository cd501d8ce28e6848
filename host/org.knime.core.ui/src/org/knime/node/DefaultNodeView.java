package org.knime.node;

import java.util.Optional;

import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectHolder;
import org.knime.core.webui.data.InitialDataService;
import org.knime.core.webui.data.RpcDataService;
import org.knime.core.webui.node.view.NodeView;
import org.knime.core.webui.page.Page;
import org.knime.node.DefaultView.ViewInput;
import org.knime.node.parameters.NodeParameters;
import org.spectralsignatures.host.parameters.ParametersPersistence;

/** Shows a node of the fluent API. The view's settings are their defaults. */
final class DefaultNodeView implements NodeView {

    private final DefaultView m_view;

    private final ViewInput m_input;

    DefaultNodeView(final DefaultView view, final PortObjectHolder holder) {
        m_view = view;
        final NodeParameters parameters = view.getParametersClass().map(c -> (NodeParameters)ParametersPersistence.create(c)).orElse(null);
        m_input = new ViewInput() {

            @Override
            @SuppressWarnings("unchecked")
            public <S extends NodeParameters> S getParameters() {
                return (S)parameters;
            }

            @Override
            public PortObject[] getInternalPortObjects() {
                return holder.getInternalPortObjects();
            }
        };
    }

    @Override
    public Page getPage() {
        return m_view.m_page;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <D> Optional<InitialDataService<D>> createInitialDataService() {
        return Optional.ofNullable(m_view.m_initialData).map(data -> (InitialDataService<D>)data.apply(m_input));
    }

    @Override
    public Optional<RpcDataService> createRpcDataService() {
        return Optional.ofNullable(m_view.m_dataService).map(data -> data.apply(m_input));
    }
}
