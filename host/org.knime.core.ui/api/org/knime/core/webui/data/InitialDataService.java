package org.knime.core.webui.data;

import java.io.IOException;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Gives what a view needs at first. */
public final class InitialDataService<D> extends AbstractDataService {

    private final Supplier<D> m_supplier;

    private final Serializer<D> m_serializer;

    private InitialDataService(final InitialDataServiceBuilder<D> builder) {
        super(builder);
        m_supplier = builder.m_supplier;
        m_serializer = builder.m_serializer != null ? builder.m_serializer
            : data -> data instanceof String text ? text : Json.MAPPER.writeValueAsString(data);
    }

    /** @return JSON with {@code result}, or {@code userError} or {@code internalError} if the node cannot give it */
    public String getInitialData() {
        final ObjectNode answer = Json.MAPPER.createObjectNode();
        try {
            final String text = m_serializer.serialize(m_supplier.get());
            try {
                answer.set("result", Json.MAPPER.readTree(text));
            } catch (JsonProcessingException e) { // NOSONAR a text that is no JSON is the data itself
                answer.put("result", text);
            }
        } catch (DataServiceException e) {
            answer.set("userError", Json.details(e).put("message", e.getMessage()));
        } catch (Exception | LinkageError e) { // NOSONAR whatever a node throws
            answer.set("internalError", Json.origin(e).put("message", e.getMessage()));
        }
        return answer.toString();
    }

    /** @return the first step */
    public static <D> InitialDataServiceBuilder<D> builder(final Supplier<D> dataSupplier) {
        return new InitialDataServiceBuilder<>(dataSupplier);
    }

    /** Makes a service. */
    public static final class InitialDataServiceBuilder<D> extends AbstractDataServiceBuilder {

        private final Supplier<D> m_supplier;

        private Serializer<D> m_serializer;

        private InitialDataServiceBuilder(final Supplier<D> supplier) {
            m_supplier = supplier;
        }

        @Override
        public InitialDataServiceBuilder<D> onDispose(final Runnable dispose) {
            super.onDispose(dispose);
            return this;
        }

        @Override
        public InitialDataServiceBuilder<D> onDeactivate(final Runnable deactivate) {
            super.onDeactivate(deactivate);
            return this;
        }

        /** Sets how data become a text; JSON if none is set. */
        public InitialDataServiceBuilder<D> serializer(final Serializer<D> serializer) {
            m_serializer = serializer;
            return this;
        }

        /** @return the service */
        public InitialDataService<D> build() {
            return new InitialDataService<>(this);
        }
    }

    /** Makes a text of data. */
    @FunctionalInterface
    public interface Serializer<D> {

        /** @return the text, JSON or not */
        String serialize(D obj) throws IOException;
    }
}
