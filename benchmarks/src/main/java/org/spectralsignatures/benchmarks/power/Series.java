package org.spectralsignatures.benchmarks.power;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.training.CheckpointOptions;
import org.spectralsignatures.training.TrainingResult;

/**
 * The arguments of a program that trains many networks, which may be interrupted: with {@code --checkpoints DIR} among them a training goes on where it was when
 * the same command runs again.
 *
 * @param arguments the others
 * @param checkpoints folder, null for none
 */
record Series(List<String> arguments, Path checkpoints) {

    private static final String OPTION = "--checkpoints";

    private static final int MINUTES = 10;

    /** What is done with a trained network, while its checkpoints are still there. */
    interface Use {

        /** @param result of the training */
        void of(TrainingResult result) throws Exception; // NOSONAR
    }

    static Series of(final String[] all) throws IOException {
        final var arguments = new ArrayList<>(List.of(all));
        final int at = arguments.indexOf(OPTION);
        if (at < 0) {
            return new Series(arguments, null);
        }
        if (at + 1 == arguments.size()) {
            throw new IllegalArgumentException(OPTION + " needs a folder.");
        }
        final Path folder = Files.createDirectories(Path.of(arguments.get(at + 1)));
        arguments.subList(at, at + 2).clear();
        return new Series(arguments, folder);
    }

    /** @return checkpoints of a training of the series, after each epoch and each ten minutes; null for none */
    CheckpointOptions checkpoints(final String job) {
        return checkpoints == null ? null : new CheckpointOptions(checkpoints, job, 1, MINUTES, CheckpointOptions.Others.REFUSE);
    }

    /** @return a keeper of what a training came to that keeps nothing but what the use does */
    static TrainingResult.Keeper<Void> keeper(final Use use) {
        return result -> {
            try {
                use.of(result);
                return null;
            } catch (IOException | TaskCancelledException | RuntimeException e) {
                throw e;
            } catch (Exception e) { // NOSONAR
                throw new IllegalStateException(e);
            }
        };
    }

    /**
     * Makes the file that says that a run is somebody's.
     *
     * @param claim the file
     * @param result of the run, when it is done
     * @return whether it is ours: nobody's until now, or of a process of this machine that was killed
     */
    static boolean claim(final Path claim, final Path result) throws IOException {
        final String ours = ProcessHandle.current().pid() + "@" + InetAddress.getLocalHost().getHostName();
        try {
            Files.writeString(Files.createFile(claim), ours);
            return true;
        } catch (FileAlreadyExistsException e) {
            final String[] owner = Files.readString(claim).split("@");
            final boolean dead = owner.length == 2 && ours.endsWith("@" + owner[1]) && ProcessHandle.of(Long.parseLong(owner[0])).isEmpty();
            if (dead && Files.notExists(result)) {
                Files.writeString(claim, ours);
                return true;
            }
            return false;
        }
    }
}
