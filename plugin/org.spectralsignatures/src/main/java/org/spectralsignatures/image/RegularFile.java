package org.spectralsignatures.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/** Opens files that are neither folders nor pipes nor devices, which would hang or never end. Messages leave it to the caller to name the file. */
public final class RegularFile {

    /** Largest image file: 512 MiB. */
    private static final long MOST_BYTES = 1L << 29;

    /** Of 16 bits with opacity; files of several pages may have more of each of the first one. */
    private static final int BYTES_A_PIXEL = 8;

    private RegularFile() {
    }

    /**
     * @param file of an image
     * @return its content
     * @throws ImageFormatException if it cannot be opened or is larger than any image that is read
     */
    public static byte[] read(final Path file) throws ImageFormatException {
        return read(file, PixelLimit.ofThisJvm());
    }

    /**
     * Looks at the size before memory is taken.
     *
     * @param file of an image
     * @param limit of the pixels that it may have, for which there is memory
     * @return its content
     * @throws ImageFormatException if it cannot be opened or is larger than any image that is read
     */
    public static byte[] read(final Path file, final PixelLimit limit) throws ImageFormatException {
        final int most = (int)Math.min(MOST_BYTES, Math.max(1, limit.pixels()) * BYTES_A_PIXEL);
        try (InputStream in = open(file)) {
            if (Files.size(file) > most) {
                throw tooLarge(most);
            }
            final byte[] content = in.readNBytes(most + 1); // it may have grown
            if (content.length > most) {
                throw tooLarge(most);
            }
            return content;
        } catch (ImageFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageFormatException(ImageFault.NOT_READABLE, "The file cannot be read: " + reason(e), e);
        }
    }

    private static ImageFormatException tooLarge(final int most) {
        return new ImageFormatException(ImageFault.TOO_LARGE, String.format(Locale.ROOT, "The file is too large: more than %,d bytes.", most));
    }

    /**
     * @param file of any size
     * @return its bytes, to be closed
     * @throws IOException if it is no regular file or cannot be opened
     */
    public static InputStream open(final Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
            throw new IOException("It is no regular file but a folder, pipe or device.");
        }
        return Files.newInputStream(file);
    }

    /** @return what an exception of reading a file or folder means and what to do, as a sentence */
    public static String reason(final Exception e) {
        if (e instanceof AccessDeniedException) {
            return "Permission is denied. Change its permissions or copy it.";
        }
        if (e instanceof NoSuchFileException) {
            return "It does not exist, or is a link that leads nowhere.";
        }
        if (e instanceof FileSystemLoopException || e.getMessage() != null && e.getMessage().contains("Too many levels of symbolic links")) {
            return "It is a link that leads back to itself.";
        }
        if (e instanceof CharacterCodingException) {
            return "Its name or text cannot be decoded. Start with a UTF-8 locale, for example LC_ALL=C.UTF-8.";
        }
        final String message = e.getMessage() == null || e.getMessage().isBlank() ? e.getClass().getSimpleName() : e.getMessage().strip();
        return message.endsWith(".") ? message : message + ".";
    }
}
