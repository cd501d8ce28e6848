package org.spectralsignatures.engine.cpu;

import java.util.List;

import org.spectralsignatures.storage.JavaCppFolder;

/** The folder that JavaCPP unpacks the native libraries of ND4J and oneDNN into. */
final class NativeFolder {

    private NativeFolder() {
    }

    /** Tells this bundle's JavaCPP, once and before anybody uses it. */
    static void choose() {
        final ClassLoader bundle = NativeFolder.class.getClassLoader();
        JavaCppFolder.choose("nd4j", List.of(JavaCppFolder.version("org.bytedeco", "javacpp", bundle), JavaCppFolder.version("org.nd4j", "nd4j-api", bundle)), bundle);
    }
}
