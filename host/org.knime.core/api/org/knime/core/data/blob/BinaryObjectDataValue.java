package org.knime.core.data.blob;

import java.io.IOException;
import java.io.InputStream;

import org.knime.core.data.DataValue;
import org.knime.core.data.convert.DataValueAccessMethod;

/** A cell that holds bytes of whatever kind, such as the content of a file. */
public interface BinaryObjectDataValue extends DataValue {

    /** @return number of bytes */
    long length();

    /** @return the bytes, to be closed */
    @DataValueAccessMethod(name = "InputStream")
    InputStream openInputStream() throws IOException;
}
