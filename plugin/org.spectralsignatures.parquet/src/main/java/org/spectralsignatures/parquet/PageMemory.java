package org.spectralsignatures.parquet;

import java.io.IOException;

/** The share of Java's memory that the pages take which are read side by side, one of each column; what would be more is refused. */
final class PageMemory {

    /** What is always read: 16 MiB. */
    private static final long ALWAYS_BYTES = 1L << 24;

    /** One page, packed and unpacked, gets at most this share of the memory. */
    private static final int SHARE = 4;

    /** All pages together get at most this share of it. */
    private static final int SHARE_OF_ALL = 2;

    private long held;

    /**
     * @param bytes that a page takes, or what it unpacks to
     * @param column that it is of
     * @throws DamagedFileException if it takes too many
     */
    static void require(final long bytes, final String column) throws IOException {
        if (bytes > Math.max(ALWAYS_BYTES, Runtime.getRuntime().maxMemory() / SHARE)) {
            throw DamagedFileException.notRead(("Its column '%s' has a page of %d MB, which is read at once. Give Java at least %d MB of memory"
                + " (-Xmx), or write the file again with smaller pages.").formatted(column, bytes >> 20, SHARE * bytes >> 20));
        }
    }

    /**
     * Takes room for a page in the place of another one of its column.
     *
     * @param before bytes of the page that was there
     * @param bytes of the new one
     * @throws DamagedFileException if pages take too many
     */
    void replace(final long before, final long bytes) throws IOException {
        held += bytes - before;
        if (held > Math.max(ALWAYS_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_ALL)) {
            throw DamagedFileException.notRead(("The pages of its columns, which are read side by side, take more than %d MB. Give Java more memory (-Xmx), or write"
                + " the file again with smaller pages, or the values in one column of lists.").formatted(held >> 20));
        }
    }
}
