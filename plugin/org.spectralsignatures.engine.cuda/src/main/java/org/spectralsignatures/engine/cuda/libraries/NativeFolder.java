package org.spectralsignatures.engine.cuda.libraries;

import java.io.IOException;
import java.nio.file.Path;

import org.bytedeco.javacpp.Loader;
import org.spectralsignatures.storage.NativeFolders;

/**
 * The folder that JavaCPP unpacks the natives of its presets for CUDA into: one of our own, so that another JavaCPP in the
 * same process (that of another engine, and KNIME's columnar tables bring one) never writes to a file that is loaded. Who sets {@value #PROPERTY} decides alone.
 */
final class NativeFolder {

    /** JavaCPP's own property: the folder that the user wants. */
    static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

    private static final String PROPERTY_2 = "org.bytedeco.javacpp.cacheDir";

    /** Where JavaCPP itself unpacks, below the home folder. */
    private static final Path USUAL = Path.of(".javacpp", "cache", "org.spectralsignatures");

    private static boolean chosen;

    private NativeFolder() {
    }

    /** Tells this bundle's JavaCPP, once and before anybody uses it. */
    static synchronized void choose() {
        if (chosen || System.getProperty(PROPERTY) != null || System.getProperty(PROPERTY_2) != null) {
            return;
        }
        chosen = true;
        final ClassLoader bundle = NativeFolder.class.getClassLoader(); // JavaCPP's own method for its version would make it look its folder up
        final Path folder = NativeFolders.claim(USUAL, "javacpp-%s-cuda-%s".formatted(NativeFolders.version("org.bytedeco", "javacpp", bundle),
            NativeFolders.version("org.bytedeco", "cuda", bundle)), "javacpp-*-cuda-*");
        if (folder != null) {
            tell(folder);
        }
    }

    /**
     * JavaCPP 1.5.13 looks its folder up when it is first asked, and remembers it. The property is the only way to tell it so early;
     * it is set for that moment alone, since every other JavaCPP of the process would read it too.
     */
    private static void tell(final Path folder) {
        System.setProperty(PROPERTY, folder.toString());
        try {
            Loader.getCacheDir();
        } catch (IOException | LinkageError e) { // NOSONAR whoever needs it will meet it again, with a message of its own
        } finally {
            System.clearProperty(PROPERTY);
        }
    }
}
