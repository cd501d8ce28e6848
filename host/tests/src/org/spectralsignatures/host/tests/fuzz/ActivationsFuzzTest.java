package org.spectralsignatures.host.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;
import org.spectralsignatures.host.filestore.FileStores;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.port.ActivationsPortObjectSpec;
import org.spectralsignatures.representation.NpyMatrix;
import org.spectralsignatures.representation.Pooling;

/** Saved activations: NumPy files, and the labels and row keys beside them. */
class ActivationsFuzzTest {

    @TempDir
    Path folder;

    private byte[] npy(final int rows, final int columns) throws IOException {
        final Path file = folder.resolve("whole.npy");
        try (var matrix = NpyMatrix.create(file, rows, columns)) {
            for (int i = 0; i < rows; i++) {
                matrix.writeRow(i, new float[columns], 0);
            }
        }
        return Files.readAllBytes(file);
    }

    @Test
    void damagedMatrices() throws Exception {
        final byte[] second = npy(7, 3);
        second[6] = 2; // two zero bytes more of its header's length: one that lies
        final var mutants = new Mutants(16, List.of(npy(2, 3), npy(40, 8), npy(0, 1), second));
        final int refused = new Fuzz(folder, "hostile.npy").run(3000, mutants, file -> {
            try (var matrix = NpyMatrix.open(file)) {
                final var row = new float[matrix.columns()];
                for (long i = 0; i < matrix.rows(); i++) {
                    matrix.readRow(i, row);
                }
            }
        }, IOException.class);
        assertTrue(refused > 1000, refused + " refused");
    }

    @Test
    void headersInDamagedPython() throws Exception {
        final byte[] header = Arrays.copyOf(npy(2, 3), 128);
        final var mutants = new Mutants(17, List.of(new String(header, 10, 118, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1)));
        final Path packed = Files.createDirectory(folder.resolve("packed")).resolve("hostile.npy");
        new Fuzz(folder, "hostile.npy").run(1500, mutants, mutant -> {
            final byte[] text = Files.readAllBytes(mutant);
            final byte[] file = Arrays.copyOf(header, 10 + text.length + 24);
            file[8] = (byte)text.length;
            file[9] = (byte)(text.length >> 8);
            System.arraycopy(text, 0, file, 10, text.length);
            Arrays.fill(file, 10 + text.length, file.length, (byte)0);
            Files.write(packed, file);
            NpyMatrix.open(packed).close();
        }, IOException.class);
    }

    @Test
    void damagedLabelsAndRowKeys() throws Exception {
        final var context = new ExecutionContext(new ExecutionMonitor().getProgressMonitor(), new FileStores(folder.resolve("stores")));
        final var matrixStore = context.createFileStore("a.npy");
        final var rowsStore = context.createFileStore("rows.bin");
        Files.write(matrixStore.getFile().toPath(), npy(3, 2));
        final var poisoned = new BitSet();
        poisoned.set(1);
        final var activations = ActivationsPortObject.create(new ActivationsPortObjectSpec("stem", Pooling.FLATTEN, 2), matrixStore,
            new ActivationsPortObject.Rows(List.of("cat", "dog"), new int[]{0, 1, 1}, List.of("Row0", "Row1", "Row2"), poisoned), rowsStore, TaskMonitor.none());
        final Path rows = rowsStore.getFile().toPath();
        final var mutants = new Mutants(18, List.of(Files.readAllBytes(rows)));
        try (var matrix = activations.open()) {
            final int refused = new Fuzz(folder, rows.getFileName().toString()).run(3000, mutants, mutant -> {
                Files.copy(mutant, rows, StandardCopyOption.REPLACE_EXISTING);
                activations.rows(matrix, TaskMonitor.none());
            }, IOException.class);
            assertTrue(refused > 1500, refused + " refused");
        }
    }
}
