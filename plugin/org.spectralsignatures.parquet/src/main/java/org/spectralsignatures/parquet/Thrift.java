package org.spectralsignatures.parquet;

import java.io.IOException;
import java.io.InputStream;

import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.protocol.TProtocolUtil;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/** Reads the headers of Parquet, which are written by Thrift: no length in them is believed that the bytes could not hold. */
final class Thrift {

    private static final int MOST_DEPTH = 32;

    static {
        TProtocolUtil.setMaxSkipDepth(MOST_DEPTH);
    }

    private Thrift() {
    }

    /**
     * @param into an empty header
     * @param in where it begins
     * @param most bytes that it may have
     * @return the header
     * @throws DamagedFileException if there is none
     */
    static <T extends TBase<?, ?>> T read(final T into, final InputStream in, final int most) throws IOException {
        try {
            into.read(new TCompactProtocol(new TIOStreamTransport(new TConfiguration(most, most, MOST_DEPTH), in), most, most));
            return into;
        } catch (TException | RuntimeException e) { // NOSONAR generated code throws anything on damaged data
            throw DamagedFileException.because("A header is none.");
        }
    }
}
