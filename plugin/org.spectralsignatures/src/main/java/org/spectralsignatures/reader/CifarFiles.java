package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Path;

import org.spectralsignatures.monitor.TaskCancelledException;

/** Where the files of a binary version of CIFAR lie. */
interface CifarFiles {

    /** Receives the records. */
    interface RecordVisitor {

        /**
         * @param file name of the file
         * @param where file and place, for messages
         * @param number of the record in its file, from 0
         * @param record labels and pixels; reused
         * @return whether to go on
         */
        boolean visit(String file, String where, int number, byte[] record) throws IOException, TaskCancelledException;

        /**
         * Receives that a file ends within a record.
         *
         * @param where file and place, for messages
         * @param number of the record in its file, from 0
         * @throws IOException unless the records before it are good for something
         */
        default void cutOff(final String where, final int number) throws IOException {
            throw new IOException("'%s' is cut off in record %d. Download or copy it again.".formatted(where, number));
        }
    }

    /** @return folder or archive */
    Path path();

    /**
     * @param recordBytes length of a record
     * @param visitor receives all records, file by file
     * @return whether there was any file that belongs
     * @throws IOException if one cannot be read; the message names it
     */
    boolean visit(int recordBytes, RecordVisitor visitor) throws IOException, TaskCancelledException;

    /** @return whether to go on with the next file */
    static boolean records(final String file, final NamedInput in, final int recordBytes, final RecordVisitor visitor)
        throws IOException, TaskCancelledException {
        final var record = new byte[recordBytes];
        for (int number = 0;; number++) {
            final int length = in.readNBytes(record, 0, recordBytes);
            if (length == 0 && number == 0) {
                throw new IOException("'%s' is empty. Download or copy it again.".formatted(in.name()));
            }
            if (length == 0) {
                return true;
            }
            if (length < recordBytes) {
                visitor.cutOff(in.name(), number);
                return true;
            }
            if (!visitor.visit(file, in.name(), number, record)) {
                return false;
            }
        }
    }
}
