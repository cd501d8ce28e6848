package org.spectralsignatures.engine.cuda.libraries;

import java.nio.file.Path;

/** NVIDIA's libraries once they are found: what loads them, and what they say of the machine. Of this alone the calls are native. */
interface Driver {

    /**
     * @param library a file
     * @throws LinkageError if it cannot be loaded
     */
    void load(Path library);

    /** @return the version of CUDA that the driver knows, 13000 for 13.0 */
    int version();

    /** @return 0 if it could be started, else CUDA's number of the error */
    int start();

    /** @return number of graphics processors, after the start */
    int devices();

    /**
     * @param device from 0
     * @return its name
     */
    String name(int device);

    /**
     * @param device from 0
     * @return its compute capability, 75 for 7.5
     */
    int capability(int device);

    /** @return versions of the runtime and of cuDNN, for example {@code CUDA 13.0, cuDNN 9.13} */
    String libraries();
}
