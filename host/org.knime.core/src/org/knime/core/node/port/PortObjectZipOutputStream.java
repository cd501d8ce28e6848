package org.knime.core.node.port;

import java.io.OutputStream;
import java.util.zip.ZipOutputStream;

/** The zip file that a port object is written to. */
public final class PortObjectZipOutputStream extends ZipOutputStream {

    /** @param stream of the zip file */
    public PortObjectZipOutputStream(final OutputStream stream) {
        super(stream);
    }
}
