package org.knime.core.webui.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Calls public methods of an object, or of several named ones, as a view asks for by JSON-RPC 2.0. */
public final class RpcDataService extends AbstractDataService {

    private static final int INVALID_REQUEST = -32600;

    private static final int UNKNOWN_METHOD = -32601;

    private static final int INVALID_PARAMETERS = -32602;

    private static final int INTERNAL_ERROR = -32000;

    private static final int USER_ERROR = -32001;

    private final Map<String, Object> m_handlers;

    private RpcDataService(final RpcDataServiceBuilder builder) {
        super(builder);
        m_handlers = Map.copyOf(builder.m_handlers);
        if (m_handlers.isEmpty()) {
            throw new IllegalStateException("The data service has no handler.");
        }
    }

    /**
     * @param request JSON-RPC: {@code method} (with the name of the handler and a dot, if it has one) and {@code params}, a list
     * @return the answer, with {@code result} or {@code error}
     */
    public String handleRpcRequest(final String request) {
        final ObjectNode answer = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
        try {
            final JsonNode call = Json.MAPPER.readTree(request);
            answer.set("id", call.path("id"));
            answer(call.path("method").asText(), call.path("params"), answer);
        } catch (JsonProcessingException e) {
            error(answer, INVALID_REQUEST, e.getOriginalMessage());
        }
        return answer.toString();
    }

    private void answer(final String name, final JsonNode parameters, final ObjectNode answer) {
        final int dot = name.lastIndexOf('.');
        final Object handler = getHandler(dot < 0 ? null : name.substring(0, dot));
        final Method method = handler == null ? null : Arrays.stream(handler.getClass().getMethods())
            .filter(m -> m.getName().equals(name.substring(dot + 1)) && m.getParameterCount() == parameters.size()).findFirst().orElse(null);
        if (method == null) {
            error(answer, UNKNOWN_METHOD, "There is no method '" + name + "' of " + parameters.size() + " parameters.");
            return;
        }
        try {
            final var arguments = new Object[parameters.size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = Json.MAPPER.convertValue(parameters.get(i), Json.MAPPER.constructType(method.getGenericParameterTypes()[i]));
            }
            answer.set("result", Json.MAPPER.valueToTree(method.invoke(handler, arguments)));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof DataServiceException user) {
                error(answer, USER_ERROR, user.getMessage()).set("data", Json.details(user));
            } else {
                error(answer, INTERNAL_ERROR, e.getCause().getMessage()).set("data", Json.origin(e.getCause()));
            }
        } catch (IllegalAccessException | IllegalArgumentException e) {
            error(answer, INVALID_PARAMETERS, "The method '" + name + "' cannot be called: " + e.getMessage());
        }
    }

    private static ObjectNode error(final ObjectNode answer, final int code, final String message) {
        return answer.putObject("error").put("code", code).put("message", message);
    }

    /** @return the object of a name, or the one without a name for null; null if there is none */
    public Object getHandler(final String name) {
        return m_handlers.get(name == null ? "" : name);
    }

    /** @return the first step, with the one object that is called */
    public static <S> RpcDataServiceBuilder builder(final S handler) {
        final var builder = new RpcDataServiceBuilder();
        builder.m_handlers.put("", handler);
        return builder;
    }

    /** @return the first step, for several objects */
    public static RpcDataServiceBuilder builder() {
        return new RpcDataServiceBuilder();
    }

    /** Makes a service. */
    public static final class RpcDataServiceBuilder extends AbstractDataServiceBuilder {

        private final Map<String, Object> m_handlers = new LinkedHashMap<>();

        private RpcDataServiceBuilder() {
        }

        /** Adds a named object. */
        public RpcDataServiceBuilder addService(final String name, final Object handler) {
            if (m_handlers.containsKey("")) {
                throw new IllegalStateException("A data service has either one object without a name or named ones.");
            }
            m_handlers.put(name, handler);
            return this;
        }

        @Override
        public RpcDataServiceBuilder onDispose(final Runnable dispose) {
            super.onDispose(dispose);
            return this;
        }

        @Override
        public RpcDataServiceBuilder onDeactivate(final Runnable deactivate) {
            super.onDeactivate(deactivate);
            return this;
        }

        /** @return the service */
        public RpcDataService build() {
            return new RpcDataService(this);
        }
    }
}
