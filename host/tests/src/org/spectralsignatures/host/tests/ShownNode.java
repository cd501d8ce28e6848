package org.spectralsignatures.host.tests;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.Node;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectHolder;
import org.knime.core.webui.data.RpcDataService;
import org.knime.core.webui.node.view.NodeView;
import org.knime.core.webui.node.view.NodeViewFactory;
import org.spectralsignatures.host.filestore.FileStores;
import org.spectralsignatures.host.settings.ConfigAccess;
import org.spectralsignatures.host.workflow.NodeRegistry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A node that was executed by itself, and its view as a page sees it: JSON. */
final class ShownNode {

    private static final String PACKAGE = "org.spectralsignatures.nodes.";

    private final ObjectMapper m_json = new ObjectMapper();

    private final PortObject[] m_results;

    private final PortObjectHolder m_model;

    private final NodeView m_view;

    private RpcDataService m_service;

    /**
     * Executes a node.
     *
     * @param factory its class, from the package of nodes on
     * @param settings by name, for others than their defaults
     * @param folder for its files
     * @param inputs its inputs
     */
    @SuppressWarnings("unchecked")
    ShownNode(final String factory, final Map<String, String> settings, final Path folder, final PortObject... inputs) throws Exception {
        final var node = new Node(NodeRegistry.find(PACKAGE + factory));
        final NodeSettings changed = node.save();
        settings.forEach((name, value) -> ConfigAccess.put(changed, name, ((ConfigAccess.Entry)ConfigAccess.child(changed, name)).type(), value));
        node.load(changed);
        m_results = node.execute(inputs, context(folder));
        m_model = (PortObjectHolder)node.getNodeModel();
        m_view = ((NodeViewFactory<NodeModel>)node.getFactory()).createNodeView(node.getNodeModel());
        m_service = m_view.createRpcDataService().orElseThrow();
    }

    /** @return what a node executes in, with files in a folder; it is never cancelled, and nobody looks at its progress */
    static ExecutionContext context(final Path folder) {
        return new ExecutionContext(new Unwatched(), new FileStores(folder));
    }

    /** @return a table; each row is its key as a text and its cells */
    static BufferedDataTable table(final Path folder, final DataTableSpec spec, final List<Object[]> rows) {
        final BufferedDataContainer container = context(folder).createDataContainer(spec);
        for (Object[] row : rows) {
            final var cells = new DataCell[row.length - 1];
            System.arraycopy(row, 1, cells, 0, cells.length);
            container.addRowToTable(new DefaultRow((String)row[0], cells));
        }
        container.close();
        return container.getTable();
    }

    PortObject result(final int port) {
        return m_results[port];
    }

    /** Forgets what the node keeps for its view but for the first tables, as an earlier version of the node would have saved it. */
    void keep(final int tables) {
        m_model.setInternalPortObjects(Arrays.copyOf(m_model.getInternalPortObjects(), tables));
        m_service = m_view.createRpcDataService().orElseThrow();
    }

    /** @return what the view shows at first */
    JsonNode initial() throws Exception {
        return m_json.readTree(m_view.createInitialDataService().orElseThrow().getInitialData()).get("result");
    }

    /** @return the answer of the view's data service */
    JsonNode call(final String method, final Object... parameters) throws Exception {
        final var request = m_json.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        request.set("params", m_json.valueToTree(parameters));
        final JsonNode answer = m_json.readTree(m_service.handleRpcRequest(request.toString()));
        if (answer.has("error")) {
            throw new AssertionError(answer.get("error").toString());
        }
        return answer.get("result");
    }

    /** Asks for all that the view lists as worth an answer in a report, in the form in which it lists it. */
    int offline() throws Exception {
        int answered = 0;
        for (JsonNode request : initial().get("offline")) {
            call(request.get("method").asText(), m_json.convertValue(request.get("params"), Object[].class));
            answered++;
        }
        return answered;
    }
}
