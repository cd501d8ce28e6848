package org.spectralsignatures.host.app;

/** The engine that a run asks for by name, for as long as it lasts: the extension reads it from a system property. */
record ChosenEngine(String before, boolean given) implements AutoCloseable {

    private static final String PROPERTY = "org.spectralsignatures.engine";

    /**
     * @param name of the engine; null for none
     * @return the choice, which {@link #close()} takes back
     */
    static ChosenEngine of(final String name) {
        final String before = System.getProperty(PROPERTY);
        if (name != null) {
            System.setProperty(PROPERTY, name);
        }
        return new ChosenEngine(before, name != null);
    }

    @Override
    public void close() {
        if (given && before == null) {
            System.clearProperty(PROPERTY);
        } else if (given) {
            System.setProperty(PROPERTY, before);
        }
    }
}
