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

    private final List<SchemaElement> elements;

    private final List<ParquetColumn> columns = new ArrayList<>();

    private final List<ColumnDescriptor> descriptors = new ArrayList<>();

    private int next;

    /** @param elements of the tree */
    Schema(final List<SchemaElement> elements) throws IOException {
        this.elements = elements;
        final int children = element().getNum_children();
        for (int i = 0; i < children; i++) {
            add(List.of(), 0, 0);
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
    private void add(final List<String> above, final int definition, final int repetition) throws IOException {
        if (above.size() == MOST_DEPTH) {
            throw DamagedFileException.because("Its columns lie more than %d groups deep.".formatted(MOST_DEPTH));
        }
        final SchemaElement element = element();
        final var path = new ArrayList<>(above);
        path.add(String.valueOf(element.getName()));
        final FieldRepetitionType type = element.getRepetition_type();
        final int definitions = definition + (type == FieldRepetitionType.REQUIRED ? 0 : 1);
        final int repetitions = repetition + (type == FieldRepetitionType.REPEATED ? 1 : 0);
        if (element.isSetType() && element.getNum_children() == 0) {
            columns.add(new ParquetColumn(List.copyOf(path), kind(element), repetitions > 0));
            descriptors.add(new ColumnDescriptor(path.toArray(String[]::new), primitive(element), repetitions, definitions));
        } else {
            for (int i = 0; i < element.getNum_children(); i++) {
                add(path, definitions, repetitions);
            }
        }
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
            default -> Kind.OTHER;
        };
    }

    private static boolean isNumber(final ConvertedType converted, final LogicalType logical) {
        return logical == null ? converted == null || converted.name().contains("INT_") : logical.isSetINTEGER();
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

    /** @return how the library describes the column with that index */
    ColumnDescriptor descriptor(final int column) {
        return descriptors.get(column);
    }
}
