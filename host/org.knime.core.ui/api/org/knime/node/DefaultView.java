package org.knime.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.FluentNodeAPI;
import org.knime.core.node.port.PortObject;
import org.knime.core.webui.data.DataService.DataServiceBuilder;
import org.knime.core.webui.data.InitialDataService;
import org.knime.core.webui.data.InitialDataService.Serializer;
import org.knime.core.webui.data.RpcDataService;
import org.knime.core.webui.data.RpcDataService.RpcDataServiceBuilder;
import org.knime.core.webui.page.Page;
import org.knime.core.webui.page.Page.RequireFromFileOrString;
import org.knime.node.parameters.NodeParameters;

/** The view of a node of the fluent API: a page, what it shows at first, and what it can ask for. */
public final class DefaultView implements FluentNodeAPI {

    final String m_description;

    final Page m_page;

    Function<ViewInput, InitialDataService<?>> m_initialData;

    Function<ViewInput, RpcDataService> m_dataService;

    private final Class<? extends NodeParameters> m_parametersClass;

    private DefaultView(final Class<? extends NodeParameters> parametersClass, final String description, final Page page) {
        m_parametersClass = parametersClass;
        m_description = description;
        m_page = page;
    }

    static RequireViewParameters create() {
        return parameters -> description -> page -> new DefaultView(parameters, description, page.apply(Page.create()));
    }

    Optional<Class<? extends NodeParameters>> getParametersClass() {
        return Optional.ofNullable(m_parametersClass);
    }

    /** Sets what the page shows at first. */
    public <D> DefaultView initialData(final Function<RequireInitialData, DefaultInitialData<D>> initialData) {
        m_initialData = input -> initialData.apply(DefaultInitialData.create()).service(input);
        return this;
    }

    /** Sets what the page can ask for. */
    public DefaultView dataService(final Function<RequireDataService, DefaultDataService> dataService) {
        m_dataService = input -> dataService.apply(DefaultDataService.create()).service(input);
        return this;
    }

    /** First the settings of the view. */
    public interface RequireViewParameters {

        /** Sets the class of the view's settings. */
        RequireDescription parametersClass(Class<? extends NodeParameters> parametersClass);

        /** The view has no settings. */
        default RequireDescription withoutParameters() {
            return parametersClass(null);
        }
    }

    /** Then what it shows. */
    public interface RequireDescription {

        /** Sets what the view shows, for users. */
        RequirePage description(String description);
    }

    /** At last the page. */
    public interface RequirePage {

        /** Sets the page. */
        DefaultView page(Function<RequireFromFileOrString, Page> page);
    }

    /** What a service is told of its end. */
    abstract static class AbstractDataService<T extends DataServiceBuilder> implements DataServiceBuilder {

        private Runnable m_dispose;

        private Runnable m_deactivate;

        @Override
        public T onDispose(final Runnable dispose) {
            if (m_dispose != null) {
                throw new IllegalStateException("onDispose was already called.");
            }
            m_dispose = dispose;
            return self();
        }

        @Override
        public T onDeactivate(final Runnable deactivate) {
            if (m_deactivate != null) {
                throw new IllegalStateException("onDeactivate was already called.");
            }
            m_deactivate = deactivate;
            return self();
        }

        @SuppressWarnings("unchecked")
        private T self() {
            return (T)this;
        }

        final <B extends DataServiceBuilder> B end(final B builder) {
            if (m_dispose != null) {
                builder.onDispose(m_dispose);
            }
            if (m_deactivate != null) {
                builder.onDeactivate(m_deactivate);
            }
            return builder;
        }
    }

    /** What the page shows at first. */
    public static final class DefaultInitialData<D> extends AbstractDataService<DefaultInitialData<D>> implements FluentNodeAPI {

        private final Function<ViewInput, D> m_data;

        private Serializer<D> m_serializer;

        private DefaultInitialData(final Function<ViewInput, D> data) {
            m_data = data;
        }

        static RequireInitialData create() {
            return new RequireInitialData() {
                @Override
                public <D> DefaultInitialData<D> data(final Function<ViewInput, D> data) {
                    return new DefaultInitialData<>(data);
                }
            };
        }

        /** Sets how the data become a text; JSON if none is set. */
        public DefaultInitialData<D> serializer(final Serializer<D> serializer) {
            if (m_serializer != null) {
                throw new IllegalStateException("serializer was already called.");
            }
            m_serializer = serializer;
            return this;
        }

        InitialDataService<D> service(final ViewInput input) {
            return end(InitialDataService.builder(() -> m_data.apply(input)).serializer(m_serializer)).build();
        }
    }

    /** What the page can ask for. */
    public abstract static class DefaultDataService extends AbstractDataService<DefaultDataService> implements FluentNodeAPI {

        static RequireDataService create() {
            return new RequireDataService() {
                @Override
                public SingleHandlerDataService handler(final Function<ViewInput, Object> handler) {
                    return new SingleHandlerDataService(handler);
                }

                @Override
                public MultipleNamedHandlersDataService addHandler(final String name, final Function<ViewInput, Object> handler) {
                    return new MultipleNamedHandlersDataService().addHandler(name, handler);
                }
            };
        }

        abstract RpcDataServiceBuilder builder(ViewInput input);

        final RpcDataService service(final ViewInput input) {
            return end(builder(input)).build();
        }
    }

    /** Asks one object. */
    public static final class SingleHandlerDataService extends DefaultDataService {

        private final Function<ViewInput, Object> m_handler;

        private SingleHandlerDataService(final Function<ViewInput, Object> handler) {
            m_handler = handler;
        }

        @Override
        RpcDataServiceBuilder builder(final ViewInput input) {
            return RpcDataService.builder(m_handler.apply(input));
        }
    }

    /** Asks several objects, each by its name. */
    public static final class MultipleNamedHandlersDataService extends DefaultDataService implements AllowAddingNamedHandler {

        private final List<BiConsumer<ViewInput, RpcDataServiceBuilder>> m_handlers = new ArrayList<>();

        private MultipleNamedHandlersDataService() {
        }

        @Override
        public MultipleNamedHandlersDataService addHandler(final String name, final Function<ViewInput, Object> handler) {
            m_handlers.add((input, builder) -> builder.addService(name, handler.apply(input)));
            return this;
        }

        @Override
        RpcDataServiceBuilder builder(final ViewInput input) {
            final RpcDataServiceBuilder builder = RpcDataService.builder();
            m_handlers.forEach(handler -> handler.accept(input, builder));
            return builder;
        }
    }

    /** The first data. */
    public interface RequireInitialData {

        /** Sets the data. */
        <D> DefaultInitialData<D> data(Function<ViewInput, D> data);
    }

    /** The objects that are asked. */
    public interface RequireDataService extends AllowAddingNamedHandler {

        /** Sets the only object; its class is public, and its public methods are called. */
        SingleHandlerDataService handler(Function<ViewInput, Object> handler);
    }

    /** Further objects. */
    public interface AllowAddingNamedHandler {

        /** Adds an object, called as {@code name.method}. */
        MultipleNamedHandlersDataService addHandler(String name, Function<ViewInput, Object> handler);
    }

    /** What a view knows of its node. */
    public interface ViewInput {

        /** @return the view's settings */
        <S extends NodeParameters> S getParameters();

        /** @return what the node kept, all of it tables */
        default BufferedDataTable[] getInternalTables() {
            final PortObject[] objects = getInternalPortObjects();
            final var tables = new BufferedDataTable[objects.length];
            for (int i = 0; i < tables.length; i++) {
                tables[i] = (BufferedDataTable)objects[i];
            }
            return tables;
        }

        /** @return what the node kept */
        PortObject[] getInternalPortObjects();
    }
}
