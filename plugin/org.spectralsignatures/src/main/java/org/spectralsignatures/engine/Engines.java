package org.spectralsignatures.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The one look-up of engines: those that {@code META-INF/services} of this library and whoever extends it name. The system property
 * {@value #PROPERTY} chooses one by its name; else the first that can run is taken.
 */
public final class Engines {

    /** System property: the name of the engine to use. */
    public static final String PROPERTY = "org.spectralsignatures.engine";

    private static final System.Logger LOGGER = System.getLogger(Engines.class.getName());

    private static Engine chosen;

    private Engines() {
    }

    /**
     * @return the engine that computes everything in this process, the same one in each call
     * @throws IllegalStateException if there is none, none of the name that the property asks for, or several of which none can run
     */
    public static synchronized Engine get() {
        if (chosen == null) {
            chosen = choose(installed(), System.getProperty(PROPERTY, ""));
        }
        return chosen;
    }

    private static List<Engine> installed() {
        final var engines = new ArrayList<Engine>();
        final var found = ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).iterator();
        boolean more = true;
        while (more) {
            try {
                more = found.hasNext();
                if (more) {
                    engines.add(found.next());
                }
            } catch (ServiceConfigurationError e) { // the others may do
                LOGGER.log(System.Logger.Level.WARNING, "An engine cannot be made: {0}", e.getMessage());
            }
        }
        return engines;
    }

    /**
     * @param engines those there are
     * @param wanted a name; empty for any that can run
     * @return the engine to use; where only one is there it is not asked whether it can run, which may take seconds
     */
    static Engine choose(final List<Engine> engines, final String wanted) {
        final List<String> names = engines.stream().map(Engine::name).toList();
        if (!wanted.isBlank()) {
            return engines.stream().filter(e -> e.name().equals(wanted.strip())).findFirst().orElseThrow(() -> new IllegalStateException(
                "There is no engine '%s', which the system property %s asks for. Installed are: %s.".formatted(wanted.strip(), PROPERTY, String.join(", ", names))));
        }
        if (engines.isEmpty()) {
            throw new IllegalStateException("No engine that could compute networks is installed. Install the extension again.");
        }
        if (engines.size() == 1) {
            return engines.get(0);
        }
        final var problems = new ArrayList<String>();
        for (Engine engine : engines) {
            final String problem = engine.problem();
            if (problem.isEmpty()) {
                return engine;
            }
            problems.add(engine.name() + ": " + problem);
        }
        throw new IllegalStateException("None of the engines can run here. " + String.join("; ", problems));
    }
}
