package org.spectralsignatures.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one look-up of engines: those that {@code META-INF/services} of this library and whoever extends it name. The system property
 * {@value #PROPERTY} chooses one by its name, whatever else is wished.
 */
public final class Engines {

    /** System property: the name of the engine to use. */
    public static final String PROPERTY = "org.spectralsignatures.engine";

    private static final System.Logger LOGGER = System.getLogger(Engines.class.getName());

    private static final String CPU = "cpu";

    private static final String NO_GPU_ENGINE = "no engine for graphics processors is installed: install 'Spectral Signatures for KNIME, CUDA' from the update site of"
        + " this extension, and start again.";

    /** Problems that the log has. */
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private static List<Engine> installed;

    private static Engine chosen;

    /** What the property said when it was chosen. */
    private static String chosenBy;

    private Engines() {
    }

    /**
     * The engine that a wish led to.
     *
     * @param engine to compute with
     * @param note a sentence for the user where it is another one than wished, or than it should be; else empty
     */
    public record Choice(Engine engine, String note) {
    }

    /**
     * @return the engine of whoever has no wish, the same one in each call: that on the processor, unless the property asks for another one
     * @throws IllegalStateException if there is none, none of the name that the property asks for, or several of which none can run
     */
    public static synchronized Engine get() {
        final String named = System.getProperty(PROPERTY, "");
        if (chosen == null || !named.equals(chosenBy)) {
            chosen = choose(installed(), named);
            chosenBy = named;
        }
        return chosen;
    }

    /**
     * @param wish of the user
     * @return the engine to compute with
     * @throws IllegalStateException as {@link #get()}
     */
    public static Choice find(final Device wish) {
        final String named = System.getProperty(PROPERTY, "");
        final Choice choice = choose(installed(), named, wish, get());
        if (!isOfProcessor(choice.engine)) {
            choice.engine.problem(); // where a name decided nobody asked it; who computes would wait for it
        }
        return choice;
    }

    /**
     * @param wish of the user
     * @return whether {@link #find} looks at a graphics processor, which takes seconds the first time in a process, and on a new machine some more
     */
    public static boolean looksAtDevices(final Device wish) {
        return wish != Device.CPU || !System.getProperty(PROPERTY, "").isBlank();
    }

    /** @return whether the engine computes on the processor, and on nothing else */
    static boolean isOfProcessor(final Engine engine) {
        return engine.name().equals(CPU);
    }

    /** @return products for scoring: those of the engine, or in plain Java where no engine is installed */
    public static Products products() {
        return algebra().products();
    }

    /** @return what scoring asks of an engine: that of {@link #get()}, or plain Java where no engine is installed */
    public static synchronized Algebra algebra() {
        return chosen == null && System.getProperty(PROPERTY, "").isBlank() && installed().isEmpty() ? new Algebra() { } : get();
    }

    /** Found once: whether an engine can run is kept in it, and costs seconds the first time. */
    private static synchronized List<Engine> installed() {
        if (installed == null || installed.isEmpty()) {
            installed = look();
        }
        return installed;
    }

    private static List<Engine> look() {
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
     * @param wanted a name; empty for that on the processor, or the first that can run where there is no such one
     * @return the engine to use; where only one is there it is not asked whether it can run, which may take seconds
     */
    static Engine choose(final List<Engine> engines, final String wanted) {
        final List<String> names = engines.stream().map(Engine::name).toList();
        if (!wanted.isBlank()) {
            return engines.stream().filter(e -> e.name().equals(wanted.strip())).findFirst().orElseThrow(() -> new IllegalStateException(
                "There is no engine '%s', which the system property %s, or the option -engine, asks for. Installed are: %s."
                    .formatted(wanted.strip(), PROPERTY, String.join(", ", names))));
        }
        if (engines.isEmpty()) {
            throw new IllegalStateException("No engine that could compute networks is installed. Install the extension again.");
        }
        if (engines.size() == 1) {
            return engines.get(0);
        }
        final var ordered = new ArrayList<Engine>(engines);
        ordered.sort(Comparator.comparing(engine -> !isOfProcessor(engine))); // stable
        final var problems = new ArrayList<String>();
        for (Engine engine : ordered) {
            final String problem = engine.problem();
            if (problem.isEmpty()) {
                return engine;
            }
            problems.add(engine.name() + ": " + problem);
        }
        throw new IllegalStateException("None of the engines can run here. " + String.join("; ", problems));
    }

    /**
     * @param engines those there are
     * @param named by the property, which decides alone; empty if by none
     * @param wish of the user
     * @param usual the engine of whoever has no wish
     * @return the engine to use, with a note where the user asked for a graphics processor and gets none, or where one is there and must not be used
     */
    static Choice choose(final List<Engine> engines, final String named, final Device wish, final Engine usual) {
        if (!named.isBlank()) {
            return new Choice(usual, wish == Device.GPU && isOfProcessor(usual)
                ? "Computed on the CPU: the system property %s, or the option -engine, asks for the engine '%s'.".formatted(PROPERTY, usual.name()) : "");
        }
        if (wish == Device.CPU) {
            return new Choice(usual, "");
        }
        final var problems = new ArrayList<String>();
        for (Engine engine : engines) {
            if (!isOfProcessor(engine)) {
                final String problem = engine.problem();
                if (problem.isEmpty()) {
                    return new Choice(engine, "");
                }
                if (wish == Device.GPU || engine.present()) {
                    problems.add(problem);
                } else if (TOLD.add(problem)) {
                    LOGGER.log(System.Logger.Level.INFO, "Computed on the CPU: {0}", problem);
                }
            }
        }
        if (problems.isEmpty() && wish == Device.GPU) {
            problems.add(NO_GPU_ENGINE);
        }
        return new Choice(usual, problems.isEmpty() ? "" : "Computed on the CPU: " + String.join(" ", problems));
    }
}
