package org.spectralsignatures.training;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.network.plan.NetworkPlan;

/**
 * Writes checkpoints of a training when they are due, and says from which one it goes on. A checkpoint that cannot be written is told and does not end the
 * training.
 */
final class Checkpoints implements AutoCloseable {

    private static final double NANOS = 1e9;

    private static final int MINUTE = 60;

    /** The longest that a cancelled training may write, in seconds: it has to end within one. */
    private static final double PATIENCE = .5;

    /** Bytes a second of a slow disk: as long as none was written, and of what is small, since one write that had to wait says little. */
    private static final double SLOW = 40e6;

    private final CheckpointOptions options;

    private final CheckpointFolder folder;

    private final Fingerprint fingerprint;

    private final NetworkPlan plan;

    private final TrainingListener listener;

    private final Surroundings surroundings = Surroundings.here();

    private final List<Resumption> resumptions = new ArrayList<>();

    private long lastNanos = System.nanoTime();

    private Position last;

    private int number;

    private int failures;

    private double speed = SLOW;

    private Checkpoints(final CheckpointOptions options, final CheckpointFolder folder, final Fingerprint fingerprint, final NetworkPlan plan,
        final TrainingListener listener) {
        this.options = options;
        this.folder = folder;
        this.fingerprint = fingerprint;
        this.plan = plan;
        this.listener = listener;
    }

    /**
     * @param options where and when
     * @param fingerprint of the training
     * @param plan of its network
     * @param listener hears what is wrong
     * @return its checkpoints
     * @throws IOException if the folder cannot be used, or holds a checkpoint of the same job and another training, none of this one, and that is neither to be
     *             kept nor deleted; the message says what differs and what to do
     */
    static Checkpoints open(final CheckpointOptions options, final Fingerprint fingerprint, final NetworkPlan plan, final TrainingListener listener) throws IOException {
        final CheckpointFolder folder = CheckpointFolder.open(options, fingerprint, plan);
        boolean right = false;
        try {
            final var opened = new Checkpoints(options, folder, fingerprint, plan, listener);
            opened.others();
            right = true;
            return opened;
        } finally {
            if (!right) {
                folder.close();
            }
        }
    }

    private void others() throws IOException {
        final boolean delete = options.others() == CheckpointOptions.Others.DELETE;
        final List<String> others = delete ? folder.deleteOthers() : folder.others();
        if (others.isEmpty()) {
            return;
        }
        final String all = String.join("; ", others);
        if (options.others() == CheckpointOptions.Others.REFUSE && !folder.hasOwn()) { // with one of its own it goes on from that
            throw new IOException(("There is a checkpoint of another training, from which this one cannot go on: %s. To go on with that training, set back what differs. To"
                + " begin this one, let other checkpoints be kept or deleted, delete the file, or choose another folder.").formatted(all));
        }
        listener.remark("The training does not go on from a checkpoint of another one, which was %s: %s.".formatted(delete ? "deleted" : "kept", all));
    }

    /**
     * @param epochs of the training
     * @param stepsPerEpoch of the training
     * @return where it goes on; null if it begins
     * @throws IOException if it was interrupted, but its checkpoints are all damaged; the message says so
     */
    CheckpointFolder.Saved newest(final int epochs, final int stepsPerEpoch) throws IOException {
        final CheckpointFolder.Saved saved = folder.newest();
        if (saved == null) {
            return null;
        }
        final Checkpoint checkpoint = saved.checkpoint();
        final Position position = checkpoint.position();
        if (position.epoch() > epochs || position.step() > stepsPerEpoch || (position.step() == 0) != (position.images() == 0)) {
            throw new IOException("The checkpoint '%s' stands at step %d of epoch %d, which this training has not. Delete the file to train from the beginning."
                .formatted(saved.file(), position.step(), position.epoch()));
        }
        if (!saved.problem().isEmpty()) {
            listener.remark("The training went on from the checkpoint before the last one, since %s.".formatted(saved.problem()));
        }
        final String elsewhere = checkpoint.surroundings().difference(surroundings);
        if (!elsewhere.isEmpty()) {
            listener.remark(elsewhere);
        }
        number = checkpoint.number();
        last = position;
        resumptions.addAll(checkpoint.resumptions());
        resumptions.add(new Resumption(position.epoch(), position.step(), checkpoint.written()));
        return saved;
    }

    /** @return where the training went on so far, this time included */
    List<Resumption> resumptions() {
        return resumptions;
    }

    /**
     * Called behind each step and each epoch that are not the training's last.
     *
     * @param position how far it is: in an epoch, or before the first step of the next
     * @param history of the epochs before
     * @param session is asked for parameters and velocities
     */
    void reached(final Position position, final List<EpochResult> history, final TrainingSession session) {
        final boolean epoch = options.epochs() > 0 && position.step() == 0 && (position.epoch() - 1) % options.epochs() == 0;
        final boolean time = options.minutes() > 0 && System.nanoTime() - lastNanos >= options.minutes() * MINUTE * NANOS;
        if (epoch || time) {
            write(position, history, session);
        }
    }

    /**
     * Called when the training was told to stop: writes how far it is, unless that would take too long.
     *
     * @param position how far it is
     * @param history of the epochs before
     * @param session is asked for parameters and velocities
     */
    void cancelled(final Position position, final List<EpochResult> history, final TrainingSession session) {
        final boolean begun = position.epoch() > 1 || position.step() > 0;
        final boolean further = last == null || position.epoch() != last.epoch() || position.step() != last.step();
        if (!begun || !further) {
            return;
        }
        final double seconds = bytes() / speed;
        if (bytes() > SLOW * PATIENCE && seconds > PATIENCE) {
            listener.remark(String.format(Locale.ROOT, "No last checkpoint was written when the training was cancelled, since its %.0f MB would have taken about %.1f s: it"
                + " goes on from the one before.", bytes() / 1e6, seconds));
            return;
        }
        write(position, history, session);
    }

    private double bytes() {
        return 2. * Float.BYTES * plan.size();
    }

    private void write(final Position position, final List<EpochResult> history, final TrainingSession session) {
        final long start = System.nanoTime();
        try {
            final FloatBuffer velocity = session.velocity();
            final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            folder.write(new Checkpoint(number + 1, now, fingerprint, surroundings, position, history, resumptions), session.parameters(), velocity);
            number++;
            last = position;
            speed = bytes() / ((System.nanoTime() - start) / NANOS);
        } catch (IOException | RuntimeException e) { // NOSONAR hours of training are worth more
            failures++;
            if (failures == 1) {
                listener.remark(("A checkpoint could not be written into '%s' (%s). The training goes on; it is tried again when the next one is due. Free some space, or see"
                    + " what became of the folder.").formatted(folder.folder(), e.getMessage() == null ? e.toString() : e.getMessage()));
            }
        }
        lastNanos = System.nanoTime();
    }

    /** Called when the training is over and what it came to is kept, or it diverged: nobody needs its checkpoints. */
    void ended() {
        try {
            folder.clear();
        } catch (IOException e) {
            listener.remark("The checkpoints of the training, which is at its end, could not be deleted from '%s' (%s). Delete them.".formatted(folder.folder(), e));
        }
        if (failures > 1) {
            listener.remark("%d checkpoints could not be written.".formatted(failures));
        }
    }

    /** Lets the folder go. A lock that cannot be deleted costs nobody a network. */
    @Override
    public void close() {
        try {
            folder.close();
        } catch (IOException e) {
            listener.remark("The lock of the training's checkpoints could not be deleted from '%s' (%s). Delete it.".formatted(folder.folder(), e));
        }
    }
}
