package org.spectralsignatures.spark.audit;

import java.io.IOException;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that is there as a whole or not at all, however many attempts of a task write it at the same time: each writes a half of its own, and the first one
 * that is complete stays, since all have the same content.
 */
final class WholeFile {

    private static final String HALF = "_half-";

    private WholeFile() {
    }

    /**
     * @param file to be made
     * @param attempt a number of its own for each attempt
     * @return where the attempt writes
     */
    static Path half(final Path file, final long attempt) {
        return new Path(file.getParent(), HALF + file.getName() + "-" + attempt);
    }

    /**
     * @param files where they lie
     * @param half that was written
     * @param file to be made
     * @throws IOException if the half cannot take its name, and no other one has
     */
    static void complete(final FileSystem files, final Path half, final Path file) throws IOException {
        if (files.exists(file)) {
            files.delete(half, false);
        } else if (!renamed(files, half, file)) {
            if (!files.exists(file)) {
                throw new IOException("'%s' cannot be renamed to '%s'.".formatted(half, file));
            }
            files.delete(half, false);
        }
    }

    private static boolean renamed(final FileSystem files, final Path half, final Path file) throws IOException {
        try {
            return files.rename(half, file);
        } catch (IOException e) { // some file systems say so where others return false
            if (!files.exists(file)) {
                throw e;
            }
            return false;
        }
    }

    /** Removes what attempts that were ended have left in a folder. */
    static void removeHalves(final FileSystem files, final Path folder) throws IOException {
        for (FileStatus half : files.listStatus(folder, path -> path.getName().startsWith(HALF))) {
            files.delete(half.getPath(), false);
        }
    }
}
