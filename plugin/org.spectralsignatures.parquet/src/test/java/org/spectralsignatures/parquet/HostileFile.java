package org.spectralsignatures.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** A file with one column {@code x} and one group of rows, whose pages and footer may say anything. */
final class HostileFile {

    private static final byte[] MARK = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    final ColumnMetaData chunk;

    final RowGroup group;

    final FileMetaData footer;

    HostileFile(final Type type, final FieldRepetitionType repetition, final long rows) throws IOException {
        bytes.write(MARK);
        chunk = new ColumnMetaData(type, List.of(), new ArrayList<>(List.of("x")), CompressionCodec.UNCOMPRESSED, rows, 0, 0, MARK.length);
        group = new RowGroup(new ArrayList<>(List.of(new ColumnChunk(0).setMeta_data(chunk))), 0, rows);
        final var root = new SchemaElement("schema").setNum_children(1);
        final var column = new SchemaElement("x").setType(type).setRepetition_type(repetition);
        footer = new FileMetaData(1, new ArrayList<>(List.of(root, column)), rows, new ArrayList<>(List.of(group)));
    }

    /** Lists as they were once written: {@code x} is a group with a repeated {@code array}, which is never null. */
    static HostileFile lists(final Type type, final long rows) throws IOException {
        final var file = new HostileFile(type, FieldRepetitionType.REPEATED, rows);
        final SchemaElement group = new SchemaElement("x").setNum_children(1).setRepetition_type(FieldRepetitionType.OPTIONAL).setConverted_type(ConvertedType.LIST);
        file.footer.getSchema().add(1, group);
        file.footer.getSchema().get(2).setName("array");
        file.chunk.getPath_in_schema().add("array");
        return file;
    }

    /** A page of lists: levels as runs of one value each, {@code [length, level]}. */
    HostileFile lists(final int count, final byte[] repetitions, final byte[] definitions, final byte[] body) throws IOException {
        final var page = new ByteArrayOutputStream();
        for (byte[] levels : List.of(repetitions, definitions)) {
            final var runs = new ByteArrayOutputStream();
            for (int i = 0; i < levels.length; i += 2) {
                for (long header = 2L * levels[i]; ; header >>>= 7) {
                    runs.write((int)(header & 0x7f | (header > 0x7f ? 0x80 : 0)));
                    if (header <= 0x7f) {
                        break;
                    }
                }
                runs.write(levels[i + 1]);
            }
            page.write(little(runs.size()));
            page.write(runs.toByteArray());
        }
        page.write(body);
        chunk.setNum_values(count);
        return values(Encoding.PLAIN, count, page.toByteArray());
    }

    static byte[] little(final int... numbers) {
        final var buffer = ByteBuffer.allocate(Integer.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int number : numbers) {
            buffer.putInt(number);
        }
        return buffer.array();
    }

    HostileFile page(final PageHeader header, final byte[] body) throws IOException {
        Util.writePageHeader(header, bytes);
        bytes.write(body);
        chunk.setTotal_compressed_size(bytes.size() - MARK.length);
        return this;
    }

    HostileFile values(final Encoding encoding, final int count, final byte[] body) throws IOException {
        final var header = new PageHeader(PageType.DATA_PAGE, body.length, body.length);
        return page(header.setData_page_header(new DataPageHeader(count, encoding, Encoding.RLE, Encoding.RLE)), body);
    }

    HostileFile second(final int levels, final int unpacked, final byte[] body) throws IOException {
        final var header = new PageHeader(PageType.DATA_PAGE_V2, unpacked, body.length);
        return page(header.setData_page_header_v2(new DataPageHeaderV2(1, 0, 1, Encoding.PLAIN, levels, 0)), body);
    }

    HostileFile dictionary(final int count, final byte[] body) throws IOException {
        final var header = new PageHeader(PageType.DICTIONARY_PAGE, body.length, body.length);
        return page(header.setDictionary_page_header(new DictionaryPageHeader(count, Encoding.PLAIN)), body);
    }

    Path write(final Path folder) throws IOException {
        final int start = bytes.size();
        Util.writeFileMetaData(footer, bytes);
        bytes.write(little(bytes.size() - start));
        bytes.write(MARK);
        return Files.write(folder.resolve("hostile.parquet"), bytes.toByteArray());
    }
}
