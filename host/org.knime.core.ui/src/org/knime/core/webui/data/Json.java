package org.knime.core.webui.data;

import java.util.Arrays;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as the services speak it: unknown properties of a request are passed over. */
final class Json {

    static final ObjectMapper MAPPER = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Json() {
    }

    /** What the user is told of an error that the node foresaw. */
    static ObjectNode details(final DataServiceException e) {
        return MAPPER.createObjectNode().put("details", e.getDetails());
    }

    /** What is known of an error that the node did not foresee. */
    static ObjectNode origin(final Throwable error) {
        final ObjectNode origin = MAPPER.createObjectNode().put("typeName", error.getClass().getName());
        origin.set("stackTrace", MAPPER.valueToTree(Arrays.stream(error.getStackTrace()).map(StackTraceElement::toString).toList()));
        return origin;
    }
}
