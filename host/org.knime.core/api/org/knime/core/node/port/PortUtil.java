package org.knime.core.node.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Makes the streams that port objects and their specs are written to and read from. */
public final class PortUtil {

    private PortUtil() {
    }

    /** @return a stream that a spec is written to */
    public static PortObjectSpecZipOutputStream getPortObjectSpecZipOutputStream(final OutputStream in) throws IOException {
        return new PortObjectSpecZipOutputStream(in);
    }

    /** @return a stream that a port object is written to */
    public static PortObjectZipOutputStream getPortObjectZipOutputStream(final OutputStream in) throws IOException {
        return new PortObjectZipOutputStream(in);
    }

    /** @return a stream that a spec is read from */
    public static PortObjectSpecZipInputStream getPortObjectSpecZipInputStream(final InputStream in) throws IOException {
        return new PortObjectSpecZipInputStream(in);
    }

    /** @return a stream that a port object is read from */
    public static PortObjectZipInputStream getPortObjectZipInputStream(final InputStream in) throws IOException {
        return new PortObjectZipInputStream(in);
    }
}
