package org.spectralsignatures.training;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.spectralsignatures.network.file.CheckpointZip;
import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.storage.FileSpace;

/**
 * The checkpoints of one training in a folder: the last two, by turns in two files whose names hold the job and the fingerprint, and a lock beside them. A file
 * appears whole or not at all, and lies on the disk before the one before it is given up.
 */
final class CheckpointFolder implements AutoCloseable {

    private static final int FILES = 2;

    private static final String ENDING = ".checkpoint";

    private static final int BUFFER = 1 << 16;

    /**
     * A checkpoint that was read.
     *
     * @param file it lies in
     * @param checkpoint what it says
     * @param parameters {@code [plan.size()]}
     * @param velocity {@code [plan.size()]}
     * @param problem why a newer file was not taken, empty if there is none
     */
    record Saved(Path file, Checkpoint checkpoint, FloatBuffer parameters, FloatBuffer velocity, String problem) {
    }

    private final Path folder;

    private final String job;

    private final String name;

    private final NetworkPlan plan;

    private final Fingerprint fingerprint;

    private final TrainingLock lock;

    /** Whether the folder was made for this training, and goes with its files. */
    private final boolean made;

    private CheckpointFolder(final Path folder, final String job, final Fingerprint fingerprint, final NetworkPlan plan, final TrainingLock lock,
        final boolean made) {
        this.made = made;
        this.folder = folder;
        this.job = job;
        this.fingerprint = fingerprint;
        this.plan = plan;
        this.lock = lock;
        name = name(job, fingerprint);
    }

    private static String name(final String job, final Fingerprint fingerprint) {
        return job + "-" + fingerprint.id();
    }

    /**
     * @param options where, and of which job
     * @param fingerprint of the training
     * @param plan of its network
     * @return the folder, locked for this training, with room for its files
     * @throws IOException if it cannot be made or written, has no room, or another process works on the same training; the message says so
     */
    static CheckpointFolder open(final CheckpointOptions options, final Fingerprint fingerprint, final NetworkPlan plan) throws IOException {
        final Path folder = options.folder().toAbsolutePath();
        final boolean made = make(folder);
        final Path file = folder.resolve(name(options.job(), fingerprint) + ".lock");
        final TrainingLock lock;
        try {
            lock = TrainingLock.take(file);
        } catch (IOException e) {
            throw new IOException(("No checkpoints can be written into the folder '%s': the file '%s' cannot be made and locked (%s). Choose another folder, on a disk of"
                + " this machine.").formatted(folder, file.getFileName(), e), e);
        }
        if (lock == null) {
            throw new IOException(("The same training, with the same images and settings, is under way already and has its checkpoints in the folder '%s' ('%s' is locked)."
                + " Wait for it, or choose another folder.").formatted(folder, file.getFileName()));
        }
        final var opened = new CheckpointFolder(folder, options.job(), fingerprint, plan, lock, made);
        boolean right = false;
        try {
            opened.requireSpace();
            right = true;
            return opened;
        } finally {
            if (!right) {
                opened.close();
            }
        }
    }

    /** All files, and the one that is written before the oldest is given up; what lies there already is replaced. */
    private void requireSpace() throws IOException {
        final long one = 2L * Float.BYTES * plan.size(); // parameters and velocities
        long there = size(partial());
        for (int number = 0; number < FILES; number++) {
            there += Math.min(one, size(file(number)));
        }
        FileSpace.check(file(1), (FILES + 1) * one - Math.min(FILES * one, there));
    }

    private static long size(final Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** @return whether it was not there */
    private static boolean make(final Path folder) throws IOException {
        try {
            if (Files.isDirectory(folder)) {
                return false;
            }
            Files.createDirectory(folder);
            return true;
        } catch (IOException e) {
            final Path above = folder.getParent();
            throw new IOException(above != null && !Files.isDirectory(above)
                ? "The folder '%s' for checkpoints cannot be made, since the one above it does not exist. Make it first, or choose another folder.".formatted(folder)
                : "The folder '%s' for checkpoints cannot be made (%s). Choose another folder, or ask for the right to write there.".formatted(folder, e), e);
        }
    }

    private Path file(final int number) {
        return folder.resolve("%s.%d%s".formatted(name, number % FILES + 1, ENDING));
    }

    private Path partial() {
        return folder.resolve(name + ".part");
    }

    /**
     * @return the newest checkpoint of this training that is not damaged, null if it has none
     * @throws IOException if there are files but all of them are damaged; the message says so
     */
    Saved newest() throws IOException {
        Saved newest = null;
        final var problems = new ArrayList<String>();
        for (int number = 0; number < FILES; number++) {
            final Path file = file(number);
            if (Files.exists(file)) {
                try {
                    final Saved saved = read(file);
                    if (newest == null || saved.checkpoint.number() > newest.checkpoint.number()) {
                        newest = saved;
                    }
                } catch (IOException | RuntimeException e) {
                    problems.add("'%s' cannot be read: %s".formatted(file, e.getMessage() == null ? e.toString() : e.getMessage()));
                }
            }
        }
        final String all = String.join("; ", problems);
        if (newest == null && !problems.isEmpty()) {
            throw new IOException(("This training was interrupted, but it cannot go on: the checkpoint %s. Bring back an undamaged copy, or delete what cannot be read to train"
                + " from the beginning.").formatted(all));
        }
        return newest == null || problems.isEmpty() ? newest : new Saved(newest.file, newest.checkpoint, newest.parameters, newest.velocity, all);
    }

    private Saved read(final Path file) throws IOException {
        try (var zip = CheckpointZip.open(file)) {
            final Checkpoint checkpoint = CheckpointJson.parse(zip.text());
            final List<String> differences = checkpoint.fingerprint().differences(fingerprint);
            if (!differences.isEmpty()) {
                throw new IOException("it belongs to another training, which differs in " + String.join("; ", differences));
            }
            return new Saved(file, checkpoint, zip.parameters(plan), zip.velocity(plan), "");
        }
    }

    /** @return whether there is a checkpoint of this training, be it damaged */
    boolean hasOwn() {
        return IntStream.range(0, FILES).anyMatch(number -> Files.exists(file(number)));
    }

    /**
     * @return a sentence about each checkpoint of the same job and another training: what it is and what differs; none about those that are written right now
     */
    List<String> others() throws IOException {
        final var sentences = new ArrayList<String>();
        for (String other : otherNames()) {
            if (!TrainingLock.isHeld(lock(other))) {
                sentences.addAll(sentence(other));
            }
        }
        return sentences;
    }

    /** Deletes the checkpoints of the same job and other trainings, each while it is locked: those that are written right now stay. */
    List<String> deleteOthers() throws IOException {
        final var sentences = new ArrayList<String>();
        for (String other : otherNames()) {
            try (var held = TrainingLock.take(lock(other))) {
                if (held != null) {
                    sentences.addAll(sentence(other));
                    delete(other);
                }
            }
        }
        return sentences;
    }

    private Path lock(final String training) {
        return folder.resolve(training + ".lock");
    }

    /** None where its files went in the meantime. */
    private List<String> sentence(final String other) {
        for (int number = 0; number < FILES; number++) {
            final Path file = folder.resolve("%s.%d%s".formatted(other, number + 1, ENDING));
            if (Files.exists(file)) {
                return List.of("'%s' (%s)".formatted(file, describe(file))); // the one beside it is of the same training
            }
        }
        return List.of();
    }

    private String describe(final Path file) {
        try (var zip = CheckpointZip.open(file)) {
            final Checkpoint checkpoint = CheckpointJson.parse(zip.text());
            return "%s; it differs in: %s".formatted(checkpoint.describe(), String.join("; ", checkpoint.fingerprint().differences(fingerprint)));
        } catch (IOException | RuntimeException e) { // NOSONAR told
            return "it cannot be read: " + e.getMessage();
        }
    }

    /** Names of other trainings of the same job. */
    private TreeSet<String> otherNames() throws IOException {
        final Pattern own = Pattern.compile("(%s-[0-9a-f]{16})\\.[0-9]\\%s".formatted(Pattern.quote(job), ENDING));
        final var names = new TreeSet<String>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                final Matcher matcher = own.matcher(file.getFileName().toString());
                if (matcher.matches() && !matcher.group(1).equals(name)) {
                    names.add(matcher.group(1));
                }
            }
        }
        return names;
    }

    /**
     * Writes a checkpoint in the place of the one before the last. A thread that was interrupted can write, too.
     *
     * @param checkpoint whose number is one more than that of the last
     * @param parameters {@code [plan.size()]}
     * @param velocity {@code [plan.size()]}
     * @throws IOException if it cannot be written; those that are there stay
     */
    void write(final Checkpoint checkpoint, final FloatBuffer parameters, final FloatBuffer velocity) throws IOException {
        final Path partial = partial();
        try {
            try (var file = new FileOutputStream(partial.toFile()); var out = new BufferedOutputStream(file, BUFFER)) { // NOSONAR a channel is closed by an interrupt
                CheckpointZip.write(CheckpointJson.tree(checkpoint), plan, parameters, velocity, out);
                out.flush();
                file.getFD().sync();
            }
            Files.move(partial, file(checkpoint.number()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
        keepName();
    }

    /** Lets the new name reach the disk, where a folder can be opened for that (not on Windows). */
    private void keepName() {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) { // NOSONAR after a power cut the one before may be the newest
            return;
        }
    }

    /** Deletes the checkpoints of this training. */
    void clear() throws IOException {
        delete(name);
    }

    private void delete(final String training) throws IOException {
        for (int number = 1; number <= FILES; number++) {
            Files.deleteIfExists(folder.resolve("%s.%d%s".formatted(training, number, ENDING)));
        }
        Files.deleteIfExists(folder.resolve(training + ".part"));
    }

    /** @return where it is */
    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        if (made) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) { // NOSONAR the training goes on another time, or others use it
                return;
            }
        }
    }
}
