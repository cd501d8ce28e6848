package org.spectralsignatures.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.spectralsignatures.parquet.ParquetColumn.Kind;

/** The columns of a Parquet file, as its footer lists them: a tree, written out from the root down. */
final class Schema {

    private static final int MOST_DEPTH = 64;

    /**
     * What is known of a column beside its name.
     *
     * @param descriptor how the library describes it
     * @param listDefinition the definition level from which on a list has an element; 0 where a row has one value
     * @param isUnsigned whether whole numbers have no sign
     */
    record Leaf(ColumnDescriptor descriptor, int listDefinition, boolean isUnsigned) {
    }

    private final List<SchemaElement> elements;

    private final List<ParquetColumn> columns = new ArrayList<>();

    private final List<Leaf> leaves = new ArrayList<>();

    private int next;

    /** @param elements of the tree */
    Schema(final List<SchemaElement> elements) throws IOException {
        this.elements = elements;
        final int children = element().getNum_children();
        for (int i = 0; i < children; i++) {
            add(List.of());
        }
        if (next != elements.size()) {
            throw DamagedFileException.because("Its list of columns is longer than it says.");
        }
    }

    private SchemaElement element() throws IOException {
        if (next == elements.size()) {
            throw DamagedFileException.because("Its list of columns is shorter than it says.");
        }
        return elements.get(next++);
    }

    /** Reads a column or group below others. */
    private void add(final List<SchemaElement> above) throws IOException {
        if (above.size() == MOST_DEPTH) {
            throw DamagedFileException.because("Its columns lie more than %d groups deep.".formatted(MOST_DEPTH));
        }
        final SchemaElement element = element();
        final var path = new ArrayList<>(above);
        path.add(element);
        if (element.isSetType() && element.getNum_children() == 0) {
            addColumn(path, element);
        } else {
            for (int i = 0; i < element.getNum_children(); i++) {
                add(path);
            }
        }
    }

    private void addColumn(final List<SchemaElement> path, final SchemaElement element) throws IOException {
        final int repeated = lastRepeated(path);
        final List<String> names = names(path);
        columns.add(new ParquetColumn(names, kind(element), repeated >= 0, list(path, repeated)));
        final int repetitions = (int)path.stream().filter(Schema::isRepeated).count();
        leaves.add(new Leaf(new ColumnDescriptor(names.toArray(String[]::new), primitive(element), repetitions, definitions(path)),
            definitions(path.subList(0, repeated + 1)), isUnsigned(element)));
    }

    private static List<String> names(final List<SchemaElement> path) {
        return path.stream().map(element -> String.valueOf(element.getName())).toList();
    }

    private static boolean isRepeated(final SchemaElement element) {
        return element.getRepetition_type() == FieldRepetitionType.REPEATED;
    }

    private static int definitions(final List<SchemaElement> path) {
        return (int)path.stream().filter(element -> element.getRepetition_type() != FieldRepetitionType.REQUIRED).count();
    }

    private static int lastRepeated(final List<SchemaElement> path) {
        int last = path.size() - 1;
        while (last >= 0 && !isRepeated(path.get(last))) {
            last--;
        }
        return last;
    }

    /**
     * Lists are written as a group with a repeated group with the element in it, formerly as a group with the repeated element, and as the latter alone
     * (https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists).
     *
     * @return name of the list whose elements a column holds; empty if it holds none of that kind
     */
    private static String list(final List<SchemaElement> path, final int repeated) {
        final int last = path.size() - 1;
        final boolean isElement = repeated == last || repeated == last - 1 && repeated >= 0 && path.get(repeated).getNum_children() == 1;
        if (!isElement || lastRepeated(path.subList(0, repeated)) >= 0) {
            return "";
        }
        final boolean isInGroup = repeated > 0 && path.get(repeated - 1).getNum_children() == 1;
        return String.join(".", names(path.subList(0, isInGroup ? repeated : repeated + 1)));
    }

    private static PrimitiveType primitive(final SchemaElement element) throws IOException {
        if (element.getType() == null) {
            throw DamagedFileException.notRead("Its column '%s' is of a type that is not known.".formatted(element.getName()));
        }
        final PrimitiveTypeName type = switch (element.getType()) {
            case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
            case FIXED_LEN_BYTE_ARRAY -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
            default -> PrimitiveTypeName.valueOf(element.getType().name());
        };
        return new PrimitiveType(Repetition.OPTIONAL, type, Math.max(0, element.getType_length()), String.valueOf(element.getName()));
    }

    private static Kind kind(final SchemaElement element) {
        final ConvertedType converted = element.getConverted_type();
        final LogicalType logical = element.getLogicalType();
        return switch (element.getType()) {
            case BOOLEAN -> Kind.BOOLEAN;
            case INT32, INT64 -> isNumber(converted, logical) ? Kind.INTEGER : Kind.OTHER;
            case FLOAT, DOUBLE -> Kind.REAL;
            case BYTE_ARRAY -> bytes(converted, logical);
            case FIXED_LEN_BYTE_ARRAY -> logical != null && logical.isSetFLOAT16() && element.getType_length() == Short.BYTES ? Kind.REAL : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }

    private static boolean isNumber(final ConvertedType converted, final LogicalType logical) {
        return logical == null ? converted == null || converted.name().contains("INT_") : logical.isSetINTEGER();
    }

    private static boolean isUnsigned(final SchemaElement element) {
        final LogicalType logical = element.getLogicalType();
        return logical != null && logical.isSetINTEGER() ? !logical.getINTEGER().isIsSigned()
            : element.getConverted_type() != null && element.getConverted_type().name().startsWith("UINT_");
    }

    private static Kind bytes(final ConvertedType converted, final LogicalType logical) {
        if (logical == null && converted == null) {
            return Kind.BYTES;
        }
        final boolean text = logical == null ? converted == ConvertedType.UTF8 || converted == ConvertedType.ENUM || converted == ConvertedType.JSON
            : logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON();
        return text ? Kind.TEXT : Kind.OTHER;
    }

    List<ParquetColumn> columns() {
        return List.copyOf(columns);
    }

    /** @return what is known of the column with that index */
    Leaf leaf(final int column) {
        return leaves.get(column);
    }
}
