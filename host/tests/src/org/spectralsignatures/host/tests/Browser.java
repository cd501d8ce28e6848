package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A headless Chromium, driven by its DevTools protocol, that remembers what pages write to the console and what they throw. */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int SECONDS = 60;

    private static final String MISSING = "No Chromium is installed here: apt-get install chromium";

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    /** The browser's files. */
    private final Path m_profile;

    private final Process m_process;

    private final WebSocket m_socket;

    private final Map<Integer, CompletableFuture<JsonNode>> m_open = new ConcurrentHashMap<>();

    private final List<String> m_complaints = Collections.synchronizedList(new ArrayList<>());

    private int m_calls;

    /**
     * @return where the browser lies; without one the test that asks is skipped, or fails where the variable {@code CI} of the environment is set,
     *         as on machines that are there for tests: nobody would see there that it was skipped
     */
    static Path required() {
        final Path program = find();
        final String ci = System.getenv("CI");
        if (program == null && ci != null && !ci.isBlank() && !ci.equals("false")) {
            fail(MISSING + " (This is no skipped test, since the environment variable CI is set.)");
        }
        assumeTrue(program != null, MISSING);
        return program;
    }

    private static Path find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name))).filter(Files::isExecutable).findFirst().orElse(null);
    }

    /** @param program as {@link #required} gives it */
    Browser(final Path program) throws Exception {
        m_profile = Files.createTempDirectory("profile");
        final var builder = new ProcessBuilder(program.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--allow-file-access-from-files",
            "--remote-debugging-port=0", "--user-data-dir=" + m_profile, "about:blank").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TMPDIR", m_profile.toString()); // where its leftovers go with the profile
        m_process = builder.start();
        final HttpClient client = HttpClient.newHttpClient();
        final String port = port(m_profile.resolve("DevToolsActivePort"));
        final HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
        JsonNode page = JSON.missingNode();
        for (int i = 0; i < SECONDS * 10 && page.isMissingNode(); i++) {
            for (JsonNode target : JSON.readTree(client.send(list, HttpResponse.BodyHandlers.ofString()).body())) {
                page = "page".equals(target.path("type").asText()) ? target : page;
            }
            Thread.sleep(100);
        }
        m_socket = client.newWebSocketBuilder().buildAsync(URI.create(page.path("webSocketDebuggerUrl").asText()), new Listener()).get(SECONDS, TimeUnit.SECONDS);
        call("Page.enable");
        call("Runtime.enable");
        call("Log.enable");
    }

    private static String port(final Path file) throws IOException, InterruptedException {
        for (int i = 0; i < SECONDS * 10; i++) {
            if (Files.exists(file) && Files.size(file) > 0) {
                return Files.readAllLines(file).get(0);
            }
            Thread.sleep(100);
        }
        throw new IOException("The browser did not start within " + SECONDS + " s.");
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder m_text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(final WebSocket socket, final CharSequence data, final boolean last) {
            m_text.append(data);
            if (last) {
                try {
                    message(JSON.readTree(m_text.toString()));
                } catch (IOException e) {
                    m_complaints.add("The browser said what cannot be read: " + e.getMessage());
                }
                m_text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    private void message(final JsonNode message) {
        final JsonNode params = message.path("params");
        switch (message.path("method").asText()) {
            case "Runtime.consoleAPICalled" -> m_complaints.add("console." + params.path("type").asText() + ": " + params.path("args"));
            case "Runtime.exceptionThrown" -> m_complaints.add("exception: " + params.path("exceptionDetails"));
            case "Log.entryAdded" -> m_complaints.add("log: " + params.path("entry").path("text").asText());
            default -> {
                final CompletableFuture<JsonNode> open = m_open.remove(message.path("id").asInt(-1));
                if (open != null) {
                    open.complete(message);
                }
            }
        }
    }

    /** @param params names and values in turn */
    private JsonNode call(final String method, final Object... params) throws Exception {
        final ObjectNode call = JSON.createObjectNode().put("id", ++m_calls).put("method", method);
        final ObjectNode values = call.putObject("params");
        for (int i = 0; i < params.length; i += 2) {
            values.set((String)params[i], JSON.valueToTree(params[i + 1]));
        }
        final var answer = new CompletableFuture<JsonNode>();
        m_open.put(m_calls, answer);
        m_socket.sendText(call.toString(), true);
        final JsonNode message = answer.get(SECONDS, TimeUnit.SECONDS);
        if (message.has("error")) {
            throw new IOException(method + ": " + message.path("error"));
        }
        return message.path("result");
    }

    /** Makes pages dark or light from now on. */
    void dark(final boolean dark) throws Exception {
        call("Emulation.setEmulatedMedia", "features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light")));
    }

    /** Opens a file in a window of the given size. */
    void open(final Path file, final int width, final int height) throws Exception {
        call("Emulation.setDeviceMetricsOverride", "width", width, "height", height, "deviceScaleFactor", 1, "mobile", false);
        call("Page.navigate", "url", file.toUri().toString());
        waitFor("document.readyState === 'complete'");
    }

    /** @return the value of an expression, which may be a promise */
    JsonNode evaluate(final String expression) throws Exception {
        final JsonNode result = call("Runtime.evaluate", "expression", expression, "returnByValue", true, "awaitPromise", true);
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Waits until an expression is true. */
    void waitFor(final String expression) throws Exception {
        for (int i = 0; i < SECONDS * 10; i++) {
            if (evaluate(expression).asBoolean()) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IOException("Not within " + SECONDS + " s: " + expression);
    }

    /** Presses a key, for example Tab or Enter. */
    void press(final String key) throws Exception {
        final int code = switch (key) {
            case "Tab" -> 9;
            case "Enter" -> 13;
            case "ArrowDown" -> 40;
            default -> throw new IllegalArgumentException(key);
        };
        call("Input.dispatchKeyEvent", "type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", code, "text", key.equals("Enter") ? "\r" : "");
        call("Input.dispatchKeyEvent", "type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code);
    }

    /** Clicks at a place in the window. */
    void click(final double x, final double y) throws Exception {
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call("Input.dispatchMouseEvent", "type", type, "x", x, "y", y, "button", "left", "clickCount", 1);
        }
    }

    /** Writes a picture of a part of the page. */
    void picture(final JsonNode box, final Path file) throws Exception {
        final var clip = Map.of("x", box.path("x").asDouble(), "y", box.path("y").asDouble(), "width", box.path("width").asDouble(), "height",
            box.path("height").asDouble(), "scale", 1);
        final String data = call("Page.captureScreenshot", "format", "png", "captureBeyondViewport", true, "clip", clip).path("data").asText();
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** @return what pages wrote to the console and threw */
    List<String> complaints() {
        return List.copyOf(m_complaints);
    }

    @Override
    public void close() throws Exception {
        m_socket.abort();
        final List<ProcessHandle> helpers = m_process.descendants().toList();
        m_process.destroy();
        if (!m_process.waitFor(10, TimeUnit.SECONDS)) {
            m_process.destroyForcibly().waitFor();
        }
        for (ProcessHandle helper : helpers) { // which write to the profile for a moment more
            helper.destroyForcibly();
            helper.onExit().get(10, TimeUnit.SECONDS);
        }
        deleteProfile();
    }

    /** A helper that was started last may not have been seen. */
    private void deleteProfile() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 50 && Files.exists(m_profile); attempt++) {
            try {
                Folders.delete(m_profile);
            } catch (IOException | UncheckedIOException e) { // NOSONAR it writes still
                Thread.sleep(100);
            }
        }
        Folders.delete(m_profile);
    }
}
