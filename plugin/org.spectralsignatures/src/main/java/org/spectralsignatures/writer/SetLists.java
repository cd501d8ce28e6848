package org.spectralsignatures.writer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lists beside the images: {@code files.csv} (row key, file, record, label, part), {@code removed.csv} (row key, label, score, rank, original
 * file) and, where no images are written, {@code kept.csv} (row key, label, original file).
 */
final class SetLists implements Closeable {

    static final String KEPT_PART = "kept";

    static final String REMOVED_PART = "removed";

    private final List<CsvFile> open = new ArrayList<>();

    private final CsvFile files;

    private final CsvFile kept;

    private final CsvFile removed;

    /**
     * @param folder that is written
     * @param ofKept whether images that stay are listed
     * @param ofRemoved whether it is known which were taken out
     */
    SetLists(final Path folder, final boolean ofKept, final boolean ofRemoved) throws IOException {
        try {
            files = open(folder.resolve(WrittenFolder.FILES), "Row ID", "File", "Record", "Label", "Part");
            kept = ofKept ? open(folder.resolve(WrittenFolder.KEPT), "Row ID", "Label", "Original file") : null;
            removed = ofRemoved ? open(folder.resolve(WrittenFolder.REMOVED), "Row ID", "Label", "Score", "Rank in class", "Original file") : null;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private CsvFile open(final Path file, final String... header) throws IOException {
        final var list = new CsvFile(file, header);
        open.add(list);
        return list;
    }

    /** @param original path of its file below the original folder; null where that is not known */
    void add(final SetImage image, final String original) throws IOException {
        if (image.removed()) {
            removed.add(image.key(), image.label(), image.score(), image.rank(), CsvFile.path(original));
        } else if (kept != null) {
            kept.add(image.key(), image.label(), CsvFile.path(original));
        }
    }

    void add(final SetImage image, final WrittenFile file) throws IOException {
        files.add(image.key(), CsvFile.path(file.file()), file.record(), image.label(), image.removed() ? REMOVED_PART : KEPT_PART);
    }

    @Override
    public void close() throws IOException {
        OpenFiles.close(open);
    }
}
