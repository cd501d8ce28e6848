package org.spectralsignatures.spark.step;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.spectralsignatures.spark.Refusal;

/**
 * The files of an input on any of Hadoop's file systems.
 *
 * @param count number of files
 * @param bytes their size in all
 * @param key a sum of their names, sizes and times: another one for other files
 */
public record InputFiles(long count, long bytes, String key) {

    /**
     * @param place a file, or a folder with all below it; what begins with a dot or an underscore is passed over, as Spark does
     * @param configuration of Hadoop
     * @return what is there
     * @throws Refusal if there is nothing
     */
    public static InputFiles of(final String place, final Configuration configuration) throws IOException {
        requireNoPattern(place);
        final List<String> facts = new ArrayList<>();
        long bytes = 0;
        for (LocatedFileStatus file : data(place, configuration)) {
            facts.add(file.getPath() + " " + file.getLen() + " " + file.getModificationTime());
            bytes += file.getLen();
        }
        Collections.sort(facts);
        return new InputFiles(facts.size(), bytes, ResultFolder.sum(String.join("\n", facts)));
    }

    /**
     * @param place as for {@link #of}
     * @param configuration of Hadoop
     * @return the first file by its path that holds anything; null if none does
     * @throws Refusal if there is nothing
     */
    public static Path first(final String place, final Configuration configuration) throws IOException {
        return data(place, configuration).stream().filter(file -> file.getLen() > 0).map(LocatedFileStatus::getPath).min(Comparator.naturalOrder()).orElse(null);
    }

    private static List<LocatedFileStatus> data(final String place, final Configuration configuration) throws IOException {
        final var path = new Path(place);
        final FileSystem files = path.getFileSystem(configuration);
        final List<LocatedFileStatus> data = new ArrayList<>();
        try {
            final var found = files.listFiles(path, true);
            while (found.hasNext()) {
                final LocatedFileStatus file = found.next();
                if (isData(path, file.getPath())) {
                    data.add(file);
                }
            }
        } catch (FileNotFoundException e) {
            throw new Refusal("There is no '%s'. On a cluster a place without a scheme lies on its default file system (%s); file:///... is local."
                .formatted(place, files.getUri()));
        }
        if (data.isEmpty()) {
            throw new Refusal("There are no files in '%s'.".formatted(place));
        }
        return data;
    }

    /**
     * @param place of input or results
     * @throws Refusal if Spark would take it for a pattern of several places
     */
    static void requireNoPattern(final String place) {
        if (place.matches(".*[\\[\\]{}*?\\\\].*")) {
            throw new Refusal("'%s' has a character that Spark reads as part of a pattern: one of [ ] { } * ? \\. Name a folder or file without them.".formatted(place));
        }
    }

    private static boolean isData(final Path root, final Path file) {
        for (Path p = file; p != null && !p.equals(root) && p.depth() > root.depth(); p = p.getParent()) {
            final String name = p.getName();
            if (name.startsWith(".") || name.startsWith("_") && !name.contains("=")) {
                return false;
            }
        }
        return true;
    }
}
