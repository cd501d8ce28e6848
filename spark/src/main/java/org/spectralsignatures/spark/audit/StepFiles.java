package org.spectralsignatures.spark.audit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The results of one step of an audit, a file for each class: what is there need not be computed again.
 *
 * @param hadoop configuration of the file system
 * @param folder of the step
 */
record StepFiles(SerializableConfiguration hadoop, String folder) implements Serializable {

    /** What an audit finds out is made of its own classes and Java's. */
    private static final ObjectInputFilter OURS =
        ObjectInputFilter.Config.createFilter("org.spectralsignatures.audit.*;org.spectralsignatures.removal.*;java.lang.*;java.util.*;!*");

    private Path file(final int label) {
        return new Path(folder, "class-" + label);
    }

    private FileSystem files() throws IOException {
        return new Path(folder).getFileSystem(hadoop.value());
    }

    boolean has(final int label) throws IOException {
        return files().exists(file(label));
    }

    void write(final int label, final Object found) throws IOException {
        final FileSystem files = files();
        final Path half = WholeFile.half(file(label), TaskContext.get().taskAttemptId());
        try (var out = new ObjectOutputStream(new BufferedOutputStream(files.create(half, true)))) {
            out.writeObject(found);
        }
        WholeFile.complete(files, half, file(label));
    }

    @SuppressWarnings("unchecked")
    <T> T read(final int label) throws IOException {
        try (var in = new ObjectInputStream(new BufferedInputStream(files().open(file(label))))) {
            in.setObjectInputFilter(OURS);
            return (T)in.readObject();
        } catch (ClassNotFoundException | ObjectStreamException | EOFException e) {
            throw new IOException("'%s' holds something else than the result of a step: remove its folder '%s', and run it again.".formatted(file(label), folder), e);
        }
    }
}
