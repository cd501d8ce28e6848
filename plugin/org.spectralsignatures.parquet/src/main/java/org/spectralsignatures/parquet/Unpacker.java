package org.spectralsignatures.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

import org.apache.parquet.format.CompressionCodec;
import org.brotli.dec.BrotliInputStream;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;

/** Unpacks the pages of a Parquet file, all in Java. */
final class Unpacker {

    private static final String READ = "none, Snappy, gzip, Zstandard, Brotli and LZ4_RAW";

    private final CompressionCodec codec;

    private final Decompressor decompressor;

    /**
     * @param codec of the pages
     * @throws DamagedFileException if it is none that is read; the message says which are
     */
    Unpacker(final CompressionCodec codec) throws IOException {
        this.codec = codec;
        decompressor = codec == null ? null : switch (codec) {
            case SNAPPY -> new SnappyDecompressor();
            case ZSTD -> new ZstdDecompressor();
            case LZ4_RAW -> new Lz4Decompressor();
            default -> null;
        };
        if (codec != CompressionCodec.UNCOMPRESSED && codec != CompressionCodec.GZIP && codec != CompressionCodec.BROTLI && decompressor == null) {
            throw DamagedFileException.notRead("It is packed by %s; what is read is %s. Write it again with one of these, for example Snappy.".formatted(
                codec == null ? "a codec that is not known" : codec, READ));
        }
    }

    /** @return whether pages take other room once they are unpacked */
    boolean isPacked() {
        return codec != CompressionCodec.UNCOMPRESSED;
    }

    /**
     * @param bytes packed
     * @param size of what they hold
     * @return what they hold
     * @throws IOException if that is less or more
     */
    byte[] unpack(final byte[] bytes, final int size) throws IOException {
        if (codec == CompressionCodec.UNCOMPRESSED) {
            if (bytes.length != size) {
                throw DamagedFileException.because("A page has %d bytes, but should have %d.".formatted(bytes.length, size));
            }
            return bytes;
        }
        if (size == 0) {
            return new byte[0];
        }
        final byte[] unpacked = decompressor == null ? stream(bytes, size) : block(bytes, size);
        if (unpacked.length != size) {
            throw DamagedFileException.because("A page unpacks to another size than the %d bytes that it should have.".formatted(size));
        }
        return unpacked;
    }

    private byte[] block(final byte[] bytes, final int size) {
        final var unpacked = new byte[size];
        final int count = decompressor.decompress(bytes, 0, bytes.length, unpacked, 0, size);
        return count == size ? unpacked : Arrays.copyOf(unpacked, count);
    }

    private byte[] stream(final byte[] bytes, final int size) throws IOException {
        final var packed = new ByteArrayInputStream(bytes);
        try (InputStream in = codec == CompressionCodec.GZIP ? new GZIPInputStream(packed) : new BrotliInputStream(packed)) {
            final byte[] unpacked = in.readNBytes(size);
            return in.read() < 0 ? unpacked : new byte[0];
        }
    }
}
