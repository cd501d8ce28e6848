package org.knime.core.webui.data;

import java.util.Optional;

/** A service with what to do at its end. */
public abstract class AbstractDataService implements DataService {

    private final Runnable m_deactivate;

    private final Runnable m_dispose;

    AbstractDataService(final AbstractDataServiceBuilder builder) {
        m_deactivate = builder.m_deactivate;
        m_dispose = builder.m_dispose;
    }

    @Override
    public Optional<Runnable> disposeRunnable() {
        if (m_deactivate == null || m_dispose == null) {
            return Optional.ofNullable(m_dispose == null ? m_deactivate : m_dispose);
        }
        return Optional.of(() -> {
            m_deactivate.run();
            m_dispose.run();
        });
    }

    @Override
    public Optional<Runnable> deactivateRunnable() {
        return Optional.ofNullable(m_deactivate);
    }

    /** Makes a service. */
    public abstract static class AbstractDataServiceBuilder implements DataServiceBuilder {

        private Runnable m_deactivate;

        private Runnable m_dispose;

        @Override
        public DataServiceBuilder onDispose(final Runnable dispose) {
            m_dispose = dispose;
            return this;
        }

        @Override
        public DataServiceBuilder onDeactivate(final Runnable deactivate) {
            m_deactivate = deactivate;
            return this;
        }
    }
}
