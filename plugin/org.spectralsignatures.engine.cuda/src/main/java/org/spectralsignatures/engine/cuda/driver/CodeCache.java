package org.spectralsignatures.engine.cuda.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.storage.WholeFile;

/**
 * Compiled kernels in a folder of the user's, so that they are compiled once only. A file is named by what its code was made of, and begins with the
 * SHA-256 of the code: one that is damaged is made again. Where the folder cannot be written, nothing is kept.
 */
final class CodeCache {

    /** System property: the folder. */
    static final String FOLDER = "org.spectralsignatures.engine.cuda.cache";

    private static final System.Logger LOGGER = System.getLogger(CodeCache.class.getName());

    private static final int HASH = 32;

    private static final long LONGEST = 64L << 20;

    private final Path folder;

    CodeCache(final Path folder) {
        this.folder = folder;
    }

    /** @return the folder that the property names, or the system's for such things */
    static CodeCache ofUser() {
        final String named = System.getProperty(FOLDER, "");
        final String local = System.getenv("LOCALAPPDATA");
        final Path home = local != null && !local.isBlank() ? Path.of(local) : Path.of(System.getProperty("user.home"), ".cache");
        return new CodeCache(named.isBlank() ? home.resolve("spectral-signatures").resolve("cuda") : Path.of(named));
    }

    private static byte[] hash(final byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /**
     * @param made all that the code is made of: source, options, version of the compiler
     * @param compiler makes it
     * @return the code
     */
    byte[] get(final String made, final Supplier<byte[]> compiler) {
        final Path file = folder.resolve(HexFormat.of().formatHex(hash(made.getBytes(StandardCharsets.UTF_8))) + ".code");
        final byte[] kept = read(file);
        if (kept.length > 0) {
            return kept;
        }
        final byte[] code = compiler.get();
        write(file, code);
        return code;
    }

    /** Empty if there is none, or a damaged one. */
    private static byte[] read(final Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                return new byte[0];
            }
            final byte[] all = Files.readAllBytes(file);
            final byte[] code = all.length <= HASH ? new byte[0] : Arrays.copyOfRange(all, HASH, all.length);
            return code.length > 0 && MessageDigest.isEqual(hash(code), Arrays.copyOf(all, HASH)) ? code : new byte[0];
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.INFO, "Compiled kernels cannot be read from {0}: {1}", file, e.getMessage());
            return new byte[0];
        }
    }

    private void write(final Path file, final byte[] code) {
        try {
            Files.createDirectories(folder);
            final byte[] all = Arrays.copyOf(hash(code), HASH + code.length);
            System.arraycopy(code, 0, all, HASH, code.length);
            WholeFile.write(file, true, part -> Files.write(part, all));
        } catch (TaskCancelledException e) {
            throw new IllegalStateException(e); // nobody cancels it
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.INFO, "Compiled kernels cannot be kept in {0}, so they are compiled each time: {1}", folder, e.getMessage());
        }
    }
}
