package org.spectralsignatures.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;

/** The pages of one column in one group of rows, read and unpacked one at a time, so that a group may be larger than the memory. */
final class ColumnPages implements PageReader {

    private static final int MOST_HEADER_BYTES = 1 << 24;

    private final ColumnDescriptor column;

    private final ChunkStream in;

    private final Unpacker unpacker;

    private final PageMemory memory;

    /** Bytes of the present page, and of the dictionary. */
    private long pageBytes;

    private final long values;

    private long valuesRead;

    /** A header whose page is not read yet. */
    private PageHeader pending;

    /**
     * @param column that is read
     * @param chunk where it lies
     * @param in its bytes
     * @param memory shared with the columns that are read beside it
     */
    ColumnPages(final ColumnDescriptor column, final ColumnMetaData chunk, final ChunkStream in, final PageMemory memory) throws IOException {
        this.column = column;
        this.memory = memory;
        this.in = in;
        unpacker = new Unpacker(chunk.getCodec());
        values = chunk.getNum_values();
    }

    @Override
    public long getTotalValueCount() {
        return values;
    }

    @Override
    public DictionaryPage readDictionaryPage() {
        try {
            pending = header();
            return pending.getType() == PageType.DICTIONARY_PAGE ? dictionary(pending) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PageHeader header() throws IOException {
        final PageHeader header = Thrift.read(new PageHeader(), in, (int)Math.min(MOST_HEADER_BYTES, in.left()));
        if (header.getType() == null || header.getCompressed_page_size() < 0 || header.getUncompressed_page_size() < 0
            || header.getCompressed_page_size() > in.left()) {
            throw DamagedFileException.because("A page reaches beyond its column.");
        }
        final long bytes = (long)header.getCompressed_page_size() + (unpacker.isPacked() ? header.getUncompressed_page_size() : 0);
        PageMemory.require(bytes, name());
        if (header.getType() == PageType.DICTIONARY_PAGE) {
            memory.replace(0, bytes);
        } else {
            memory.replace(pageBytes, bytes);
            pageBytes = bytes;
        }
        return header;
    }

    private String name() {
        return String.join(".", column.getPath());
    }

    private DictionaryPage dictionary(final PageHeader header) throws IOException {
        final DictionaryPageHeader dictionary = header.getDictionary_page_header();
        if (dictionary == null) {
            throw DamagedFileException.because("A dictionary is missing.");
        }
        final byte[] bytes = unpacker.unpack(body(header), header.getUncompressed_page_size());
        new PageCheck(bytes, 0, bytes.length, name()).dictionary(column.getPrimitiveType(), dictionary.getNum_values());
        pending = null;
        return new DictionaryPage(BytesInput.from(bytes), dictionary.getNum_values(), encoding(dictionary.getEncoding()));
    }

    private byte[] body(final PageHeader header) throws IOException {
        final byte[] bytes = in.take(header.getCompressed_page_size());
        if (header.isSetCrc()) {
            final var crc = new CRC32();
            crc.update(bytes);
            if ((int)crc.getValue() != header.getCrc()) {
                throw DamagedFileException.because("The checksum of a page is wrong.");
            }
        }
        return bytes;
    }

    private static Encoding encoding(final org.apache.parquet.format.Encoding encoding) throws IOException {
        if (encoding == null) {
            throw DamagedFileException.notRead("It has values in an encoding that is not known. Write it again with plain values or a dictionary.");
        }
        return Encoding.valueOf(encoding.name());
    }

    @Override
    public DataPage readPage() {
        try {
            while (valuesRead < values) {
                final PageHeader header = pending == null ? header() : pending;
                pending = null;
                final DataPage page = page(header);
                if (page != null && page.getValueCount() > 0) {
                    valuesRead += page.getValueCount();
                    return page;
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return null if it is a page of another kind */
    private DataPage page(final PageHeader header) throws IOException {
        if (header.getType() == PageType.DATA_PAGE && header.isSetData_page_header()) {
            return first(header, header.getData_page_header());
        }
        if (header.getType() == PageType.DATA_PAGE_V2 && header.isSetData_page_header_v2()) {
            return second(header, header.getData_page_header_v2());
        }
        if (header.getType() != PageType.INDEX_PAGE) {
            throw DamagedFileException.because("A page of values is missing.");
        }
        body(header);
        return null;
    }

    private void requireCount(final int count) throws IOException {
        if (count < 0 || count > values - valuesRead) {
            throw DamagedFileException.because("A page has %d of the %d values that are left.".formatted(count, values - valuesRead));
        }
    }

    private DataPage first(final PageHeader header, final DataPageHeader page) throws IOException {
        requireCount(page.getNum_values());
        final byte[] bytes = unpacker.unpack(body(header), header.getUncompressed_page_size());
        requireRuns(encoding(page.getRepetition_level_encoding()), column.getMaxRepetitionLevel());
        requireRuns(encoding(page.getDefinition_level_encoding()), column.getMaxDefinitionLevel());
        final var check = new PageCheck(bytes, 0, bytes.length, name());
        check.levelsWithLength(column.getMaxRepetitionLevel(), page.getNum_values());
        check.levelsWithLength(column.getMaxDefinitionLevel(), page.getNum_values());
        final Encoding encoding = encoding(page.getEncoding());
        check.values(encoding, page.getNum_values());
        return new DataPageV1(BytesInput.from(bytes), page.getNum_values(), bytes.length, null, Encoding.RLE, Encoding.RLE, encoding);
    }

    private static void requireRuns(final Encoding levels, final int most) throws IOException {
        if (levels != Encoding.RLE && most > 0) {
            throw DamagedFileException.notRead("It is of a form that has not been written since 2013 (%s). Write it again.".formatted(levels));
        }
    }

    private DataPage second(final PageHeader header, final DataPageHeaderV2 page) throws IOException {
        requireCount(page.getNum_values());
        final byte[] bytes = body(header);
        final int repetition = page.getRepetition_levels_byte_length();
        final int definition = page.getDefinition_levels_byte_length();
        final int start = repetition + definition;
        if (repetition < 0 || definition < 0 || start < 0 || start > bytes.length || start > header.getUncompressed_page_size()) {
            throw DamagedFileException.because("A page has more levels than bytes.");
        }
        new PageCheck(bytes, 0, repetition, name()).levels(column.getMaxRepetitionLevel(), page.getNum_values());
        new PageCheck(bytes, repetition, start, name()).levels(column.getMaxDefinitionLevel(), page.getNum_values());
        final byte[] packed = Arrays.copyOfRange(bytes, start, bytes.length);
        final byte[] data = page.isIs_compressed() ? unpacker.unpack(packed, header.getUncompressed_page_size() - start) : packed;
        final Encoding encoding = encoding(page.getEncoding());
        new PageCheck(data, 0, data.length, name()).values(encoding, page.getNum_values());
        return DataPageV2.uncompressed(page.getNum_rows(), page.getNum_nulls(), page.getNum_values(), BytesInput.from(bytes, 0, repetition),
            BytesInput.from(bytes, repetition, definition), encoding, BytesInput.from(data), null);
    }
}
