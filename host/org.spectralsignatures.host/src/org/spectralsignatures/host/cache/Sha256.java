package org.spectralsignatures.host.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of something that is put together from several texts, bytes and files; each is added with its length, so that none runs into the next. */
final class Sha256 {

    private static final int BUFFER = 1 << 16;

    private final MessageDigest m_digest = digest();

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) { // every Java has it
            throw new IllegalStateException(e);
        }
    }

    static String hex(final MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    Sha256 add(final String text) {
        return add(text.getBytes(StandardCharsets.UTF_16BE)); // unlike UTF-8 it keeps halves of pairs apart
    }

    Sha256 add(final byte[] bytes) {
        m_digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        m_digest.update(bytes);
        return this;
    }

    /** @return 64 hexadecimal digits */
    String hex() {
        return hex(m_digest);
    }

    /** @return SHA-256 of a file */
    static String of(final Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    /** @return SHA-256 of all that a stream still gives */
    static String of(final InputStream in) throws IOException {
        final MessageDigest digest = digest();
        final var buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return hex(digest);
    }

    /** Writes some content. */
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** @return SHA-256 of some content, which goes nowhere else */
    static String of(final Content content) throws IOException {
        final MessageDigest digest = digest();
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            content.write(out);
        }
        return hex(digest);
    }
}
