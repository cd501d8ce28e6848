package org.spectralsignatures.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;

import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;

class NativeFolderTest {

    @Test
    void ourJavaCppHasAFolderOfItsOwnAndNobodyElseHearsOfIt() throws Exception {
        assumeTrue(System.getProperty(NativeFolder.PROPERTY) == null);
        Backend.enter().close();
        final File ours = Loader.getCacheDir();
        assertTrue(ours.getPath().contains("org.spectralsignatures"), ours.getPath());
        assertTrue(ours.getName().startsWith("javacpp-" + Loader.getVersion() + "-nd4j-1.0.0"), ours.getName());
        assertNull(System.getProperty(NativeFolder.PROPERTY));
        final URL jar = Loader.class.getProtectionDomain().getCodeSource().getLocation();
        try (var other = new URLClassLoader(new URL[]{jar}, ClassLoader.getPlatformClassLoader())) {
            final Class<?> foreign = other.loadClass(Loader.class.getName());
            assertNotEquals(Loader.class, foreign);
            final File theirs = (File)foreign.getMethod("getCacheDir").invoke(null);
            assertFalse(theirs.getPath().contains("org.spectralsignatures"), theirs.getPath());
        }
    }
}
