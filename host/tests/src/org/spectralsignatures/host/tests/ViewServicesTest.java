package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.knime.core.webui.data.DataServiceException;
import org.knime.core.webui.data.InitialDataService;
import org.knime.core.webui.data.RpcDataService;
import org.knime.core.webui.node.view.NodeViewFactory;
import org.knime.core.webui.page.Page;
import org.spectralsignatures.host.workflow.NodeRegistry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a view gets from the services, in the form in which KNIME gives it. */
class ViewServicesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a view shows. */
    public record Bars(String label, List<Integer> counts) {
    }

    /** Is asked by a view. */
    public static final class Handler {

        /** @return an object */
        public Bars bars(final String label, final double factor) {
            return new Bars(label, List.of(1, (int)(2 * factor)));
        }

        /** Fails for a reason that the user is told. */
        public String refuse() {
            throw new DataServiceException("There is no such class.", "It was removed.");
        }

        /** Fails for a reason that nobody foresaw. */
        public String fail() {
            throw new IllegalStateException("broken");
        }
    }

    private static JsonNode call(final RpcDataService service, final String method, final Object... params) throws Exception {
        final var request = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 7).put("method", method);
        request.set("params", JSON.valueToTree(params));
        return JSON.readTree(service.handleRpcRequest(request.toString()));
    }

    @Test
    void firstDataAreTheResult() throws Exception {
        final var service = InitialDataService.builder(() -> new Bars("dog", List.of(3))).build();
        assertEquals(JSON.readTree("{\"result\":{\"label\":\"dog\",\"counts\":[3]}}"), JSON.readTree(service.getInitialData()));
    }

    @Test
    void textThatIsNoJsonIsTheResultItself() throws Exception {
        assertEquals("no { json", JSON.readTree(InitialDataService.builder(() -> "no { json").build().getInitialData()).path("result").asText());
    }

    @Test
    void errorsOfTheFirstDataAreToldApart() throws Exception {
        final JsonNode user = JSON.readTree(InitialDataService.builder(() -> new Handler().refuse()).build().getInitialData());
        assertEquals(JSON.readTree("{\"userError\":{\"details\":\"It was removed.\",\"message\":\"There is no such class.\"}}"), user);
        final JsonNode internal = JSON.readTree(InitialDataService.builder(() -> new Handler().fail()).build().getInitialData()).path("internalError");
        assertEquals("broken", internal.path("message").asText());
        assertEquals("java.lang.IllegalStateException", internal.path("typeName").asText());
        assertTrue(internal.path("stackTrace").size() > 0);
    }

    @Test
    void methodsAreCalledByNameAndParameters() throws Exception {
        final RpcDataService service = RpcDataService.builder(new Handler()).build();
        assertEquals(JSON.readTree("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"label\":\"cat\",\"counts\":[1,3]}}"), call(service, "bars", "cat", 1.5));
        final RpcDataService named = RpcDataService.builder().addService("scores", new Handler()).build();
        assertEquals("cat", call(named, "scores.bars", "cat", 1).path("result").path("label").asText());
    }

    @Test
    void errorsOfCallsHaveCodes() throws Exception {
        final RpcDataService service = RpcDataService.builder(new Handler()).build();
        assertEquals(-32601, call(service, "nothing").path("error").path("code").asInt());
        assertEquals(-32601, call(service, "bars", "cat").path("error").path("code").asInt());
        assertEquals(-32602, call(service, "bars", "cat", "no number").path("error").path("code").asInt());
        assertEquals(-32001, call(service, "refuse").path("error").path("code").asInt());
        assertEquals("It was removed.", call(service, "refuse").path("error").path("data").path("details").asText());
        assertEquals(-32000, call(service, "fail").path("error").path("code").asInt());
        assertEquals(-32600, JSON.readTree(service.handleRpcRequest("{")).path("error").path("code").asInt());
    }

    @Test
    void serviceNeedsAHandler() {
        assertThrows(IllegalStateException.class, () -> RpcDataService.builder().build());
    }

    @Test
    void pageOfAViewHasTheModulesItImports() throws Exception {
        final var factory = (NodeViewFactory<?>)NodeRegistry.find("org.spectralsignatures.nodes.scorer.SpectralSignatureScorerNodeFactory");
        assertTrue(factory.hasNodeView());
        final Page page = factory.createNodeView(null).getPage();
        assertEquals("scorer.js", page.getRelativePath());
        assertTrue(page.isCompletelyStatic());
        for (String module : List.of("service.js", "dom.js", "style.js", "charts.js", "lib/echarts.esm.min.js")) {
            try (var in = page.getResource(module).orElseThrow().getInputStream()) {
                assertTrue(in.readAllBytes().length > 100, module);
            }
        }
        assertTrue(page.getResource("../plugin.xml").isEmpty());
    }
}
