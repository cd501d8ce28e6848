package org.spectralsignatures.host.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.knime.core.webui.data.InitialDataService;
import org.knime.core.webui.data.RpcDataService;
import org.knime.core.webui.node.view.NodeView;
import org.knime.core.webui.page.Page;
import org.knime.core.webui.page.Resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Views as the report holds them: the sources of their modules, each only once, their first data, and the answers to those calls of the
 * data service that the first data list under {@code offline} (objects of {@code method} and {@code params}).
 */
final class ViewCapture {

    private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*\\(?\\s*[\"'](\\.{1,2}/[^\"']+)[\"']");

    private final ObjectMapper m_json;

    private final List<String> m_sources = new ArrayList<>();

    ViewCapture(final ObjectMapper json) {
        m_json = json;
    }

    /** @return the modules that the captured views need, in the order of the indices that {@link #of} gives */
    List<String> sources() {
        return m_sources;
    }

    /** @return module and files (indices of {@link #sources()} by path), first data and answers */
    ObjectNode of(final NodeView view) throws IOException {
        final Page page = view.getPage();
        if (page.getContentType() != Resource.ContentType.SHADOW_APP) {
            throw new IOException("The report shows views that are JavaScript modules, not '" + page.getRelativePath() + "'.");
        }
        final ObjectNode result = m_json.createObjectNode().put("module", page.getRelativePath());
        final ObjectNode files = result.putObject("files");
        files(page).forEach(files::put);
        final Optional<InitialDataService<Object>> initial = view.createInitialDataService();
        final JsonNode data = initial.isPresent() ? m_json.readTree(initial.get().getInitialData()) : m_json.nullNode();
        result.set("initialData", data);
        final ArrayNode answers = result.putArray("answers");
        final Optional<RpcDataService> service = view.createRpcDataService();
        if (service.isPresent()) {
            for (JsonNode request : data.path("result").path("offline")) {
                final ObjectNode call = m_json.createObjectNode().put("jsonrpc", "2.0").put("id", answers.size());
                call.set("method", request.path("method"));
                call.set("params", request.path("params"));
                final ObjectNode answer = answers.addObject();
                answer.setAll((ObjectNode)request);
                answer.set("answer", m_json.readTree(service.get().handleRpcRequest(call.toString())));
            }
        }
        return result;
    }

    /** All modules that the page imports, directly or not. */
    private Map<String, Integer> files(final Page page) throws IOException {
        final Map<String, Integer> files = new LinkedHashMap<>();
        final Set<String> open = new LinkedHashSet<>(List.of(page.getRelativePath()));
        while (!open.isEmpty()) {
            final String path = open.iterator().next();
            open.remove(path);
            final Resource resource = path.equals(page.getRelativePath()) ? page
                : page.getResource(path).orElseThrow(() -> new IOException("The view imports '" + path + "', which its page does not have."));
            final String source = text(resource);
            int index = m_sources.indexOf(source);
            if (index < 0) {
                index = m_sources.size();
                m_sources.add(source);
            }
            files.put(path, index);
            final Matcher imported = IMPORT.matcher(source);
            while (imported.find()) {
                final String target = java.nio.file.Path.of("/" + path).resolveSibling(imported.group(1)).normalize().toString().replace('\\', '/').substring(1);
                if (!files.containsKey(target)) {
                    open.add(target);
                }
            }
        }
        return files;
    }

    private static String text(final Resource resource) throws IOException {
        try (InputStream in = resource.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
