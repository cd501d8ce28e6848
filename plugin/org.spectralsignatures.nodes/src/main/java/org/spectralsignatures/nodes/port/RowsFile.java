package org.spectralsignatures.nodes.port;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.port.ActivationsPortObject.Rows;

/** The file of labels and row keys beside a matrix of activations. Counts in it are held against its length before anything is made of them. */
final class RowsFile {

    private static final int ROWS_PER_CHECK = 1 << 12;

    /** A text takes at least the two bytes of its length. */
    private static final int TEXT_BYTES = 2;

    private RowsFile() {
    }

    static void write(final Path file, final Rows rows, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(rows.classes().size());
            for (String name : rows.classes()) {
                text(out, "class", name);
            }
            out.writeInt(rows.labels().length);
            for (int i = 0; i < rows.labels().length; i++) {
                if (i % ROWS_PER_CHECK == 0) {
                    monitor.checkCancelled();
                }
                out.writeInt(rows.labels()[i]);
                text(out, "row key", rows.keys().get(i));
            }
            out.writeBoolean(rows.poisoned() != null);
            if (rows.poisoned() != null) {
                out.write(rows.poisoned().toByteArray());
            }
        } catch (FileSystemException e) {
            throw e; // names the file
        } catch (IOException e) {
            throw new IOException("The labels of the activations cannot be written to '%s': %s".formatted(file, e.getMessage()), e);
        }
    }

    private static void text(final DataOutputStream out, final String what, final String text) throws IOException {
        try {
            out.writeUTF(text);
        } catch (UTFDataFormatException e) {
            throw new IOException("A %s has %d characters, too many to be saved: '%s ...'. Shorten it first.".formatted(what, text.length(), text.substring(0, 60)), e);
        }
    }

    /**
     * @param file written by {@link #write}
     * @param count number of rows that it must have
     * @param monitor asked every so many rows
     * @return what it holds
     * @throws IOException if it holds something else; the message names the file
     */
    static Rows read(final Path file, final long count, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("There is no file '%s' with the labels of the activations. Extract them again.".formatted(file));
        }
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return read(in, Files.size(file), count, monitor);
        } catch (IOException e) {
            final String why = e instanceof EOFException ? "it is cut off" : e instanceof UTFDataFormatException ? "a text in it is damaged" : e.getMessage();
            throw new IOException("'%s' does not hold the labels of the activations: %s. Take an undamaged copy, or extract them again.".formatted(file, why), e);
        }
    }

    private static Rows read(final DataInputStream in, final long size, final long count, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final int number = in.readInt();
        if (number < 0 || number > size / TEXT_BYTES) {
            throw new IOException("it claims %d classes in %d bytes".formatted(number, size));
        }
        final var classes = new ArrayList<String>();
        for (int i = 0; i < number; i++) {
            classes.add(in.readUTF());
        }
        if (new HashSet<>(classes).size() < number) {
            throw new IOException("a class is listed twice");
        }
        final int n = in.readInt();
        if (n != count || n > size / (Integer.BYTES + TEXT_BYTES)) {
            throw new IOException("it claims %d rows in %d bytes, but there are %d rows of activations".formatted(n, size, count));
        }
        final var labels = new int[n];
        final var keys = new ArrayList<String>(n);
        for (int i = 0; i < n; i++) {
            if (i % ROWS_PER_CHECK == 0) {
                monitor.checkCancelled();
            }
            labels[i] = in.readInt();
            if (labels[i] < 0 || labels[i] >= number) {
                throw new IOException("row %d is of class %d, but there are %d".formatted(i + 1, labels[i], number));
            }
            keys.add(in.readUTF());
        }
        if (new HashSet<>(keys).size() < n) {
            throw new IOException("a row key is listed twice");
        }
        return new Rows(classes, labels, keys, poisoned(in, n));
    }

    private static BitSet poisoned(final DataInputStream in, final int n) throws IOException {
        final int known = in.readUnsignedByte();
        final byte[] flags = in.readNBytes(n / Byte.SIZE + 2);
        final BitSet poisoned = BitSet.valueOf(flags);
        if (known > 1 || known == 0 && flags.length > 0 || flags.length > n / Byte.SIZE + 1 || poisoned.length() > n) {
            throw new IOException("its flags of poisoned rows do not fit %d rows".formatted(n));
        }
        return known == 1 ? poisoned : null;
    }
}
