package org.nd4j.nativeblas;

import org.nd4j.linalg.factory.Nd4j;

/**
 * The class under whose name DL4J 1.0.0-M2.1 still looks for the native environment before it lets a layer use oneDNN.
 * The real one moved to another package, and without this one every oneDNN helper is silently dropped.
 */
public final class Nd4jCpu {

    private Nd4jCpu() {
    }

    /** Answers the one question that DL4J asks by reflection. */
    public static final class Environment {

        private static final Environment INSTANCE = new Environment();

        private Environment() {
        }

        /** @return the only instance */
        public static Environment getInstance() {
            return INSTANCE;
        }

        /** @return whether the CPU backend is loaded and lets operations use its helpers (oneDNN) */
        public boolean isUseMKLDNN() {
            return Nd4j.getEnvironment().helpersAllowed();
        }
    }
}
