package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.ImageMode;
import org.spectralsignatures.image.PixelLimit;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.parquet.ParquetColumn;
import org.spectralsignatures.parquet.ParquetRows;
import org.spectralsignatures.parquet.ParquetTable;

/**
 * Images and labels in the columns of Parquet files, as Hugging Face's datasets write them. Rows are read one at a time, in the order of the
 * files. The paths that stand beside the images are names only: nothing is opened by them.
 */
final class ParquetSource implements ImageSource {

    private static final int MOST_NAME_CHARACTERS = 100;

    private final ParquetFiles files;

    private final List<ParquetFiles.Shard> shards;

    private final String imageColumn;

    private final String labelColumn;

    private final ParquetLabels labels;

    /** Index of the first row of each file, and behind them the number of all rows. */
    private final int[] starts;

    private final List<String> notes = new ArrayList<>();

    /**
     * @param path a file, or a folder with files
     * @param split the part to read
     * @param imageColumn name of the column of images; empty to find it
     * @param labelColumn name of the column of classes; empty to find it
     * @param skipUnreadable whether a label that is none of the set's is left out, not an error
     * @param monitor asked while the files are looked through
     * @throws IOException if there is no such set, or a file is damaged
     * @throws TaskCancelledException if the monitor said so
     */
    ParquetSource(final Path path, final Split split, final String imageColumn, final String labelColumn, final boolean skipUnreadable,
        final TaskMonitor monitor) throws IOException, TaskCancelledException {
        this.imageColumn = imageColumn;
        this.labelColumn = labelColumn;
        files = new ParquetFiles(path, split, monitor);
        shards = files.shards();
        labels = new ParquetLabels(skipUnreadable);
        starts = new int[shards.size() + 1];
        for (int i = 0; i < shards.size(); i++) {
            try (ParquetTable table = open(shards.get(i))) {
                final ParquetColumns columns = columns(table, shards.get(i));
                labels.add(table, columns, shards.get(i).file());
                columns.otherImages().stream().map("Column '%s' holds images, too, which are not read."::formatted).filter(note -> !notes.contains(note)).forEach(notes::add);
            }
            starts[i + 1] = labels.count();
        }
        if (labels.count() == 0) {
            throw new IOException("'%s' has no rows.".formatted(path));
        }
    }

    private static ParquetTable open(final ParquetFiles.Shard shard) throws IOException {
        return ParquetTable.open(shard.file());
    }

    private ParquetColumns columns(final ParquetTable table, final ParquetFiles.Shard shard) throws IOException {
        return new ParquetColumns(table, shard.file(), imageColumn, labelColumn);
    }

    @Override
    public List<String> classes() {
        return labels.classes();
    }

    @Override
    public int[] labels() {
        return labels.indices();
    }

    @Override
    public ImageShape firstShape(final IntPredicate wanted) throws IOException {
        final int[] indices = labels();
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] != UNKNOWN && wanted.test(indices[i])) {
                return shape(i);
            }
        }
        throw new IOException("There is no image of the classes to keep.");
    }

    private ImageShape shape(final int index) throws IOException {
        final var one = new BitSet();
        one.set(index);
        final var shape = new ImageShape[1];
        try {
            read(one, (i, key, decoder) -> {
                try {
                    shape[0] = decoder.decode(PixelLimit.ofThisJvm()).shape();
                } catch (ImageFormatException e) {
                    throw new IOException("'%s' cannot be used: %s".formatted(key, e.getMessage()), e);
                }
            });
        } catch (TaskCancelledException e) {
            throw new IllegalStateException(e); // the visitor above never cancels
        }
        return shape[0];
    }

    @Override
    public void read(final BitSet wanted, final Visitor visitor) throws IOException, TaskCancelledException {
        for (int shard = 0; shard < shards.size(); shard++) {
            if (wanted.nextSetBit(starts[shard]) >= 0 && wanted.nextSetBit(starts[shard]) < starts[shard + 1]) {
                read(shard, wanted, visitor);
            }
        }
    }

    private void read(final int shard, final BitSet wanted, final Visitor visitor) throws IOException, TaskCancelledException {
        try (ParquetTable table = open(shards.get(shard))) {
            final ParquetColumns columns = columns(table, shards.get(shard));
            final List<ParquetColumn> read = columns.path() == null ? List.of(columns.bytes()) : List.of(columns.bytes(), columns.path());
            final ParquetRows rows = table.rows(read);
            for (int i = wanted.nextSetBit(starts[shard]); i >= 0 && i < starts[shard + 1]; i = wanted.nextSetBit(i + 1)) {
                final int row = i - starts[shard];
                if (!rows.moveTo(row)) {
                    throw new IOException("'%s' has changed while it was read. Run the node again.".formatted(shards.get(shard).file()));
                }
                final byte[] bytes = rows.bytes(0);
                final String path = columns.path() == null ? null : rows.text(1);
                visitor.visit(i, key(i) + (path == null ? "" : name(path)), Decoder.of(bytes == null ? null : ImageMode.of(bytes), limit -> decode(bytes, path, row, limit)));
            }
        }
    }

    private static DecodedImage decode(final byte[] bytes, final String path, final int row, final PixelLimit limit) throws ImageFormatException {
        if (bytes == null || bytes.length == 0) {
            throw new ImageFormatException(ImageFault.NOT_READABLE, path == null || path.isEmpty() ? "Row %d holds no image.".formatted(row)
                : "Row %d holds the path '%s' only, and no image. Write the file with the images in it (datasets: embed_table_storage).".formatted(row, path));
        }
        return ImageCodec.decode(bytes, limit);
    }

    /** The last name of a path, without what would spoil a row key. */
    private static String name(final String path) {
        final String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replaceAll("\\p{C}", "_");
        return name.isBlank() ? "" : "/" + name.substring(Math.max(0, name.length() - MOST_NAME_CHARACTERS));
    }

    /** @return the file and the number of the row in it */
    @Override
    public String key(final int index) {
        final int shard = shardOf(index);
        return shards.get(shard).key() + "#" + (index - starts[shard]);
    }

    private int shardOf(final int index) {
        final int found = Arrays.binarySearch(starts, index);
        int shard = found < 0 ? -found - 2 : found;
        while (starts[shard + 1] == starts[shard]) {
            shard++; // files without rows
        }
        return shard;
    }

    @Override
    public String part(final int index) {
        return ParquetFiles.partName(shards.get(shardOf(index)).key());
    }

    @Override
    public List<FolderScan.PassedOver> passedOver() {
        return files.passedOver();
    }

    @Override
    public List<String> notes() {
        final var all = new ArrayList<>(files.notes());
        all.addAll(notes);
        all.addAll(labels.notes());
        return all;
    }
}
