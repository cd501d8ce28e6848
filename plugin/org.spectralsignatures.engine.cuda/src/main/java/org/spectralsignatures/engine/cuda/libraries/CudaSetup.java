package org.spectralsignatures.engine.cuda.libraries;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** CUDA on a machine: looked for, loaded and asked once, and the answer kept. What files tell is told before anything native is called. */
final class CudaSetup {

    /** Turing, the oldest that CUDA 13 makes code for. */
    private static final int OLDEST_CAPABILITY = 75;

    /** CUDA's number for: there is no device. */
    private static final int NO_DEVICE = 100;

    private final Machine machine;

    private final Supplier<Driver> drivers;

    /** What the answer hangs on and the user may change while the process runs. */
    private String askedWith;

    private String problem;

    private boolean loading;

    private int device;

    private String description = "";

    CudaSetup(final Machine machine, final Supplier<Driver> drivers) {
        this.machine = machine;
        this.drivers = drivers;
    }

    /** @return why CUDA cannot be used here; empty if it can. Looks again only if a property or preference names another folder, and never once something native was loaded. */
    synchronized String problem() {
        final String with = machine.properties().apply(LibrarySearch.PROPERTY) + "\n" + machine.preference().get();
        if (problem == null || !loading && !with.equals(askedWith)) {
            askedWith = with;
            try {
                prepare();
                problem = "";
            } catch (MissingException e) {
                problem = e.getMessage();
            }
        }
        return problem;
    }

    /** @return index of the graphics processor to use */
    synchronized int device() {
        return device;
    }

    /** @return it, its driver and the libraries' versions; empty where CUDA cannot be used */
    synchronized String description() {
        return description;
    }

    private void prepare() throws MissingException {
        final var search = new LibrarySearch(machine);
        final Path file = search.driver();
        final List<Path> libraries = search.libraries();
        loading = true;
        try {
            final Driver driver = drivers.get();
            load(driver, file, libraries);
            ask(driver, search.driverVersion(file));
        } catch (LinkageError e) {
            throw new MissingException("NVIDIA's libraries do not fit what this extension calls them by (%s): install CUDA 13 and cuDNN 9 for it again."
                .formatted(e.getMessage()), e);
        }
    }

    private void ask(final Driver driver, final String version) throws MissingException {
        start(driver);
        final int chosen = choose(driver);
        final int capability = driver.capability(chosen);
        description = "%s, compute capability %d.%d, driver%s, %s".formatted(driver.name(chosen), capability / 10, capability % 10,
            version.isEmpty() ? "" : " " + version, driver.libraries());
        device = chosen;
    }

    private static void load(final Driver driver, final Path file, final List<Path> libraries) throws MissingException {
        Path now = file;
        try {
            driver.load(file);
            for (Path library : libraries) {
                now = library;
                driver.load(library);
            }
        } catch (LinkageError e) {
            throw new MissingException("NVIDIA's library '%s' cannot be loaded (%s): install it again, for Linux or Windows on x86_64.".formatted(now, e.getMessage()), e);
        }
    }

    private static void start(final Driver driver) throws MissingException {
        final int version = driver.version();
        if (version < 13000) {
            throw new MissingException("The NVIDIA driver of this machine knows CUDA %d.%d, but CUDA 13 is needed: update it to version %d or newer."
                .formatted(version / 1000, version % 1000 / 10, LibrarySearch.OLDEST_DRIVER));
        }
        final int error = driver.start();
        if (error == NO_DEVICE) {
            throw new MissingException("The NVIDIA driver sees no graphics processor: check that the card is there and that this user or container may use it.");
        }
        if (error != 0) {
            throw new MissingException("The NVIDIA driver cannot be started (error %d of CUDA): restart the machine, or install the driver again.".formatted(error));
        }
    }

    private static int choose(final Driver driver) throws MissingException {
        final int devices = driver.devices();
        for (int i = 0; i < devices; i++) {
            if (driver.capability(i) >= OLDEST_CAPABILITY) {
                return i;
            }
        }
        if (devices == 0) {
            throw new MissingException("The NVIDIA driver sees no graphics processor: check that the card is there and that this user or container may use it.");
        }
        throw new MissingException("The graphics processor %s has compute capability %d.%d, but CUDA 13 needs 7.5 or newer (Turing, such as GeForce RTX 20): use the CPU."
            .formatted(driver.name(0), driver.capability(0) / 10, driver.capability(0) % 10));
    }
}
