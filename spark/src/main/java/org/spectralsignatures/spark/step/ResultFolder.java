package org.spectralsignatures.spark.step;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spectralsignatures.spark.Refusal;

/**
 * The folder of a command's results, a folder below it for each step. A step counts as finished when a file beside its content says so, which is
 * written last and holds a sum of everything that the content depends on; anything else of that name is removed and made anew.
 */
public final class ResultFolder {

    private static final Logger LOG = LoggerFactory.getLogger(ResultFolder.class);

    /** Says that a folder is one of results, so that nobody's other files are taken for steps and removed. */
    private static final String OURS = "_spectralsignatures";

    private static final String FINISHED = "_spectralsignatures.finished";

    /** Makes the content of a step. */
    public interface Work {
        /** @param folder does not exist yet */
        void into(String folder) throws IOException;
    }

    private final Path folder;

    private final FileSystem files;

    private String key;

    /**
     * @param folder of the results; made if it is missing
     * @param configuration of Hadoop
     * @param key what all steps depend on, such as the input
     * @throws Refusal if the folder holds something else
     */
    public ResultFolder(final String folder, final Configuration configuration, final String key) throws IOException {
        InputFiles.requireNoPattern(folder);
        this.folder = new Path(folder);
        this.key = key;
        files = this.folder.getFileSystem(configuration);
        final Path ours = new Path(this.folder, OURS);
        if (!files.exists(ours)) {
            if (files.exists(this.folder) && files.listStatus(this.folder).length > 0) {
                throw new Refusal(("'%s' holds something else than results of this program. Name a folder that is empty or does not exist"
                    + " (results of an earlier run may stay: finished steps are not computed again).").formatted(folder));
            }
            files.mkdirs(this.folder);
            files.create(ours, true).close();
        }
    }

    /**
     * @param name of the step, and of its folder
     * @param settings what the content depends on besides the steps before it
     * @param work makes it, unless it is there already
     * @return the folder of its content
     */
    public String step(final String name, final String settings, final Work work) throws IOException {
        final Path place = new Path(folder, name);
        key = sum(key + '\n' + name + '\n' + settings);
        if (isFinished(place, key)) {
            LOG.info("Step '{}' was finished by an earlier run: {}", name, place);
            return place.toString();
        }
        files.delete(place, true);
        final long start = System.nanoTime();
        LOG.info("Step '{}' ...", name);
        work.into(place.toString());
        write(new Path(place, FINISHED), key);
        LOG.info("Step '{}' done in {} s", name, (System.nanoTime() - start) / 1_000_000_000);
        return place.toString();
    }

    /**
     * @param name of a step
     * @return its folder, whoever finished it
     * @throws Refusal if it was not finished
     */
    public static String finished(final String folder, final String name, final Configuration configuration) throws IOException {
        InputFiles.requireNoPattern(folder);
        final Path place = new Path(folder, name);
        final FileSystem files = place.getFileSystem(configuration);
        if (!files.exists(new Path(place, FINISHED))) {
            throw new Refusal("'%s' holds no finished step '%s'. Run the command that makes it first, or run it again: it goes on where it was interrupted."
                .formatted(folder, name));
        }
        return place.toString();
    }

    /** @return what tells a finished step from any other of its name */
    public static String key(final String folder, final String name, final Configuration configuration) throws IOException {
        final Path place = new Path(finished(folder, name, configuration), FINISHED);
        return read(place.getFileSystem(configuration), place);
    }

    /**
     * A folder for parts of the step that is being made, which stay where the step is interrupted.
     *
     * @param name of the folder, beside the steps
     * @param version of the parts: those of another one are removed
     * @return the folder, with the parts of an earlier run of the same step, or none
     */
    public String parts(final String name, final int version) throws IOException {
        final Path place = new Path(folder, name);
        final Path mark = new Path(place, FINISHED + "-not");
        final String wanted = sum(key + '\n' + version);
        if (!files.exists(mark) || !read(files, mark).equals(wanted)) {
            files.delete(place, true);
            files.mkdirs(place);
            write(mark, wanted);
        }
        return place.toString();
    }

    private boolean isFinished(final Path place, final String wanted) throws IOException {
        final Path mark = new Path(place, FINISHED);
        return files.exists(mark) && read(files, mark).equals(wanted);
    }

    private static String read(final FileSystem files, final Path file) throws IOException {
        try (var in = files.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * @param name of a file beside the steps
     * @param text its content
     */
    public void file(final String name, final String text) throws IOException {
        write(new Path(folder, name), text);
    }

    /**
     * @param name of a file beside the steps
     * @return its content
     */
    public String text(final String name) throws IOException {
        return read(files, new Path(folder, name));
    }

    /** @param name of a folder beside the steps, which is removed if it is there */
    public void remove(final String name) throws IOException {
        files.delete(new Path(folder, name), true);
    }

    /**
     * @param name of a folder beside the steps, which is removed if it is there
     * @return where to make it anew
     */
    public String replace(final String name) throws IOException {
        remove(name);
        return new Path(folder, name).toString();
    }

    private void write(final Path file, final String text) throws IOException {
        try (OutputStream out = files.create(file, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    static String sum(final String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
