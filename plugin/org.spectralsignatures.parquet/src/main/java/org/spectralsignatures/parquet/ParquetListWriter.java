package org.spectralsignatures.parquet;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * Writes a Parquet file with one list of float32 values a row, all of one length, and columns of text and of truth values beside it, none of which is ever
 * null. Plain values without compression, which float32 values hardly allow. Values go into the file page by page; of the other columns up to
 * {@value #MOST_TEXT_BYTES} bytes lie in memory. The same rows give the same bytes.
 */
public final class ParquetListWriter implements Closeable {

    private static final byte[] MARK = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private static final int VALUES_A_PAGE = 1 << 18;

    private static final long VALUES_A_GROUP = 1L << 25;

    private static final int MOST_TEXT_BYTES = 1 << 22;

    private final OutputStream out;

    private final List<SchemaElement> schema = new ArrayList<>();

    private final List<RowGroup> groups = new ArrayList<>();

    private final int length;

    private final ByteBuffer page;

    private final List<Column> texts = new ArrayList<>();

    private final List<Column> flags = new ArrayList<>();

    private final ByteArrayOutputStream repetitions = new ByteArrayOutputStream();

    private final String list;

    private long position;

    private long rows;

    private long groupRows;

    private long groupStart;

    /** A column of one value a row: what its present group holds. */
    private static final class Column {
        final String name;

        final Type type;

        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        /** Truth values that fill no byte yet. */
        int bits;

        Column(final String name, final Type type) {
            this.name = name;
            this.type = type;
        }
    }

    /**
     * @param out receives the file; it is not closed
     * @param list name of the column of lists
     * @param length of each list, at least 1
     * @param texts names of the columns of text
     * @param flags names of the columns of truth values
     */
    public ParquetListWriter(final OutputStream out, final String list, final int length, final List<String> texts, final List<String> flags) throws IOException {
        this.out = out;
        this.list = list;
        this.length = length;
        page = ByteBuffer.allocate(Float.BYTES * Math.min(VALUES_A_PAGE, Math.max(length, VALUES_A_PAGE / length * length))).order(ByteOrder.LITTLE_ENDIAN);
        schema.add(new SchemaElement("schema").setNum_children(1 + texts.size() + flags.size()));
        schema.add(new SchemaElement(list).setNum_children(1).setRepetition_type(FieldRepetitionType.REQUIRED).setConverted_type(ConvertedType.LIST)
            .setLogicalType(LogicalType.LIST(new ListType())));
        schema.add(new SchemaElement("list").setNum_children(1).setRepetition_type(FieldRepetitionType.REPEATED));
        schema.add(new SchemaElement("element").setType(Type.FLOAT).setRepetition_type(FieldRepetitionType.REQUIRED));
        for (String name : texts) {
            this.texts.add(new Column(name, Type.BYTE_ARRAY));
            schema.add(new SchemaElement(name).setType(Type.BYTE_ARRAY).setRepetition_type(FieldRepetitionType.REQUIRED).setConverted_type(ConvertedType.UTF8)
                .setLogicalType(LogicalType.STRING(new StringType())));
        }
        for (String name : flags) {
            this.flags.add(new Column(name, Type.BOOLEAN));
            schema.add(new SchemaElement(name).setType(Type.BOOLEAN).setRepetition_type(FieldRepetitionType.REQUIRED));
        }
        write(MARK);
        groupStart = position;
    }

    private void write(final byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    /**
     * Adds a row.
     *
     * @param values of its list, {@code [length]}
     * @param text a value for each column of text
     * @param truths a value for each column of truth values
     */
    public void add(final float[] values, final List<String> text, final boolean... truths) throws IOException {
        if (values.length != length || text.size() != texts.size() || truths.length != flags.size()) {
            throw new IllegalArgumentException("A row of %d values, %d texts and %d truths does not fit.".formatted(values.length, text.size(), truths.length));
        }
        addList(values);
        for (int i = 0; i < text.size(); i++) {
            final byte[] bytes = text.get(i).getBytes(StandardCharsets.UTF_8);
            texts.get(i).bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length).array());
            texts.get(i).bytes.writeBytes(bytes);
        }
        for (int i = 0; i < truths.length; i++) {
            addFlag(flags.get(i), truths[i]);
        }
        groupRows++;
        rows++;
        if (groupRows * length >= VALUES_A_GROUP || texts.stream().mapToLong(column -> column.bytes.size()).sum() >= MOST_TEXT_BYTES) {
            endGroup();
        }
    }

    private void addFlag(final Column column, final boolean truth) {
        final int bit = (int)(groupRows % Byte.SIZE);
        column.bits |= (truth ? 1 : 0) << bit;
        if (bit == Byte.SIZE - 1) {
            column.bytes.write(column.bits);
            column.bits = 0;
        }
    }

    private void addList(final float[] values) throws IOException {
        for (int next = 0; next < length;) {
            final int count = Math.min(length - next, page.remaining() / Float.BYTES);
            page.asFloatBuffer().put(values, next, count);
            page.position(page.position() + count * Float.BYTES);
            if (next == 0) {
                run(repetitions, 1, 0);
            }
            run(repetitions, next == 0 ? count - 1 : count, 1);
            next += count;
            if (!page.hasRemaining()) {
                endPage();
            }
        }
    }

    /** One level, some times. */
    private static void run(final ByteArrayOutputStream to, final int times, final int level) {
        if (times > 0) {
            int header = times << 1;
            for (; header > 0x7f; header >>>= 7) {
                to.write(header & 0x7f | 0x80);
            }
            to.write(header);
            to.write(level);
        }
    }

    private void endPage() throws IOException {
        final int count = page.position() / Float.BYTES;
        if (count == 0) {
            return;
        }
        final var definitions = new ByteArrayOutputStream();
        run(definitions, count, 1);
        final var body = ByteBuffer.allocate(2 * Integer.BYTES + repetitions.size() + definitions.size() + page.position()).order(ByteOrder.LITTLE_ENDIAN);
        body.putInt(repetitions.size()).put(repetitions.toByteArray()).putInt(definitions.size()).put(definitions.toByteArray()).put(page.flip());
        writePage(count, body.array());
        page.clear();
        repetitions.reset();
    }

    private void writePage(final int count, final byte[] body) throws IOException {
        final var header = new PageHeader(PageType.DATA_PAGE, body.length, body.length);
        header.setData_page_header(new DataPageHeader(count, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
        final var bytes = new ByteArrayOutputStream();
        Util.writePageHeader(header, bytes);
        write(bytes.toByteArray());
        write(body);
    }

    private void endGroup() throws IOException {
        if (groupRows == 0) {
            return;
        }
        endPage();
        final List<ColumnChunk> chunks = new ArrayList<>();
        chunks.add(chunk(Type.FLOAT, List.of(list, "list", "element"), groupRows * length, groupStart));
        final List<Column> others = new ArrayList<>(texts);
        others.addAll(flags);
        for (Column column : others) {
            if (column.type == Type.BOOLEAN && groupRows % Byte.SIZE > 0) {
                column.bytes.write(column.bits);
            }
            final long start = position;
            writePage((int)groupRows, column.bytes.toByteArray());
            chunks.add(chunk(column.type, List.of(column.name), groupRows, start));
            column.bytes.reset();
            column.bits = 0;
        }
        groups.add(new RowGroup(chunks, position - groupStart, groupRows));
        groupRows = 0;
        groupStart = position;
    }

    /** A column that ends where the file ends so far. */
    private ColumnChunk chunk(final Type type, final List<String> path, final long values, final long start) {
        final long bytes = position - start;
        return new ColumnChunk(start).setMeta_data(new ColumnMetaData(type, List.of(Encoding.PLAIN, Encoding.RLE), path, CompressionCodec.UNCOMPRESSED, values, bytes,
            bytes, start));
    }

    /** Ends the file. */
    @Override
    public void close() throws IOException {
        endGroup();
        final var footer = new FileMetaData(1, schema, rows, groups);
        footer.setCreated_by("Spectral Signatures for KNIME");
        final var bytes = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, bytes);
        write(bytes.toByteArray());
        write(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.size()).array());
        write(MARK);
    }
}
