package org.spectralsignatures.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.training.SmallTraining.Outcome;

/** Trainings in processes of their own, which are killed, go on to the same bits. */
class KilledTrainingTest {

    @TempDir
    Path folder;

    private List<String> files() throws IOException {
        return SmallTraining.files(folder);
    }

    @Test
    void killedAtAnyTimeItComesToTheSameBits() throws Exception {
        final long seed = 6;
        final var random = new Random(seed);
        final var log = new ArrayList<String>();
        for (int kill = 0; kill < 3; kill++) {
            final int steps = 3 + random.nextInt(9);
            log.add("killed after %d steps and %d ms, leaving %s".formatted(steps, run(seed, steps, random.nextInt(30)), files()));
        }
        run(seed, SmallTraining.TO_THE_END, 0);
        final Outcome whole = new SmallTraining(seed).run(new SmallTraining(seed).longOptions(), null, TrainingListener.none(), TaskMonitor.none());
        assertEquals(whole.history(), Files.readString(folder.resolve("history.txt")), log.toString());
        assertArrayEquals(whole.network(), Files.readAllBytes(folder.resolve("network.zip")), log.toString());
        assertEquals(List.of("history.txt", "network.zip"), files(), log.toString());
        System.out.println("kill -9 of a training of %d steps: %s; then to the end: the same bits".formatted(SmallTraining.LONG * SmallTraining.stepsPerEpoch(),
            String.join("; ", log)));
    }

    /**
     * Runs the long training in a process of its own, and kills it (SIGKILL) soon after some steps. A few steps later it waits, so that it is there to be killed however
     * late that comes.
     */
    private int run(final long seed, final int steps, final int wait) throws Exception {
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp", System.getProperty("java.class.path"),
            SmallTraining.class.getName(), folder.toString(), Long.toString(seed), Integer.toString(steps)).redirectErrorStream(true).start();
        final var output = new ArrayList<String>();
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                if (line.equals("STEP " + steps)) {
                    Thread.sleep(wait);
                    process.destroyForcibly();
                    break;
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(steps == SmallTraining.TO_THE_END ? 0 : 128 + 9, process.exitValue(), output.toString());
        return wait;
    }
}
