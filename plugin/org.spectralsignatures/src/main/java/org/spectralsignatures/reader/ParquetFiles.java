package org.spectralsignatures.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.parquet.ParquetTable;

/**
 * The files of a set in the Parquet format, and which of them are of a part. As in the repositories of Hugging Face, a word of a file's name
 * tells its part ({@code data/train-00000-of-00002.parquet}), else the name of a folder ({@code test/0000.parquet}).
 */
public final class ParquetFiles {

    private static final Set<String> ENDINGS = Set.of("parquet", "parq", "pq");

    private static final String ENDING = ".parquet";

    /** Where Hugging Face's datasets keep the labels of images that lie beside: no set of its own. */
    private static final String METADATA = "metadata.parquet";

    private static final Pattern NUMBERED = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})(.*)");

    /**
     * A file.
     *
     * @param key its path below the set's folder, without {@value #ENDING}
     * @param file where it is
     */
    public record Shard(String key, Path file) {
    }

    private final Path path;

    private final FolderScan scan;

    private final List<FolderScan.Found> chosen;

    private final List<FolderScan.Found> others = new ArrayList<>();

    private final List<String> notes = new ArrayList<>();

    /**
     * @param path a file, or a folder with files at any depth
     * @param split the part to read
     * @param monitor asked while the files are looked through
     * @throws IOException if there is none of that part
     */
    public ParquetFiles(final Path path, final Split split, final TaskMonitor monitor) throws IOException, TaskCancelledException {
        this.path = path;
        scan = new FolderScan(path, LabelRule.none(), ParquetFiles::isParquet, monitor);
        if (Files.isDirectory(path)) {
            scan.add(path, "");
        }
        final List<FolderScan.Found> all = Files.isDirectory(path) ? scan.images() : List.of(new FolderScan.Found(ImageFolder.name(path), "", path));
        if (all.isEmpty()) {
            throw new IOException("'%s' holds no Parquet files, whose names end in %s.".formatted(path, ENDING));
        }
        chosen = choose(all, split);
        final Set<FolderScan.Found> kept = new HashSet<>(chosen);
        all.stream().filter(file -> !kept.contains(file)).forEach(others::add);
        noteMissing();
        noteFolders();
    }

    private static boolean isParquet(final Path file, final String name) {
        final String ending = ImageEndings.of(name);
        return ENDINGS.contains(ending) || !ImageEndings.isImage(ending) && !ImageEndings.isDocument(ending) && ParquetTable.recognises(file);
    }

    /**
     * @param path a file or folder
     * @return whether it is such a set: a file, or a folder with such files in it, in {@code data} or in folders of its parts, and no images
     */
    static boolean recognises(final Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return ParquetTable.recognises(path);
            }
            final Predicate<Path> mayHold = folder -> Files.isDirectory(folder)
                && (ImageFolder.name(folder).equals("data") || SplitFolders.names().contains(ImageFolder.name(folder).toLowerCase(Locale.ROOT)));
            if (!holdsTables(path) && ImageFolder.list(path).stream().filter(mayHold).noneMatch(ParquetFiles::holdsTables)) {
                return false;
            }
            final var images = new FolderScan(path, LabelRule.none(), TaskMonitor.none());
            images.add(path, "");
            return images.images().isEmpty();
        } catch (IOException e) { // NOSONAR said when it is read
            return false;
        } catch (TaskCancelledException e) {
            throw new IllegalStateException(e); // that monitor never cancels
        }
    }

    private static boolean holdsTables(final Path folder) {
        try {
            return ImageFolder.list(folder).stream().anyMatch(file -> !ImageFolder.name(file).equals(METADATA)
                && ENDINGS.contains(ImageEndings.of(ImageFolder.name(file))) && !Files.isDirectory(file));
        } catch (IOException e) { // NOSONAR said when it is read
            return false;
        }
    }

    /** @return the part that a file is of by its path, in the words of {@link SplitFolders#part}; empty if nothing tells */
    static String partName(final String key) {
        final Split part = part(key);
        return part == null ? "" : SplitFolders.part(part.name());
    }

    /** @return the part that a file or folder is of by its path, null if nothing tells */
    private static Split part(final String key) {
        final String[] names = key.split("/");
        for (int i = names.length - 1; i >= 0; i--) {
            for (String word : names[i].split("[^\\p{L}]+")) {
                for (Split part : List.of(Split.TRAINING, Split.VALIDATION, Split.TEST)) {
                    if (SplitFolders.is(part, word)) {
                        return part;
                    }
                }
            }
        }
        return null;
    }

    private List<FolderScan.Found> choose(final List<FolderScan.Found> all, final Split split) throws IOException {
        final var told = new TreeSet<Split>();
        all.stream().map(file -> part(file.key())).filter(part -> part != null).forEach(told::add);
        if (split == Split.ALL || told.isEmpty() && split == Split.TRAINING) {
            return all;
        }
        final Split part = split == Split.TEST && !told.contains(Split.TEST) && told.contains(Split.VALIDATION) ? Split.VALIDATION : split;
        if (!told.contains(part)) {
            throw new IOException(told.isEmpty()
                ? "'%s' has no file that is named as one of the part '%s'. Choose the split 'All' to read all.".formatted(path, SplitFolders.usual(split))
                : "'%s' has no file of the part '%s', such as '%s-00000-of-00001.parquet'. It has %s.".formatted(path, SplitFolders.usual(split),
                    SplitFolders.usual(split), told.stream().map(SplitFolders::usual).collect(Collectors.joining(", "))));
        }
        if (part != split) {
            notes.add("No file is of the part 'test': those of the part 'val' are read.");
        }
        return all.stream().filter(file -> part(file.key()) == part).toList();
    }

    /** Of files that say how many they are, some may not have been downloaded. */
    private void noteMissing() {
        final Map<String, Set<Integer>> numbers = new TreeMap<>();
        for (FolderScan.Found file : chosen) {
            final Matcher matcher = NUMBERED.matcher(file.key());
            if (matcher.matches()) {
                numbers.computeIfAbsent(matcher.group(1) + "-%05d-of-" + matcher.group(3) + matcher.group(4), name -> new TreeSet<>()).add(Integer.parseInt(matcher.group(2)));
            }
        }
        numbers.forEach((name, found) -> {
            final int all = Integer.parseInt(name.replaceFirst("(?s).*-%05d-of-(\\d{5}).*", "$1"));
            if (found.size() < all) {
                int first = 0;
                while (found.contains(first)) {
                    first++;
                }
                notes.add("%d of %d files are missing, the first: '%s'.".formatted(all - found.size(), all, name.replace("%05d", "%05d".formatted(first))));
            }
        });
    }

    /** Several versions of one set lie in folders of their own. */
    private void noteFolders() {
        final Map<String, String> folders = new HashMap<>();
        for (FolderScan.Found file : chosen) {
            final int slash = file.key().lastIndexOf('/');
            final String folder = slash < 0 ? "." : file.key().substring(0, slash);
            final String before = folders.putIfAbsent(file.key().substring(slash + 1), folder);
            if (before != null && part(folder) == null) {
                notes.add("Folders '%s' and '%s' have files of one name, which are read as one set. If they are versions of one set, choose one of them as the path."
                    .formatted(before, folder));
                return;
            }
        }
    }

    /** @return the files to read, in their order */
    public List<Shard> shards() {
        return chosen.stream().map(file -> new Shard(file.key().endsWith(ENDING) ? file.key().substring(0, file.key().length() - ENDING.length()) : file.key(),
            file.file())).toList();
    }

    /** @return number of files of other parts, or of none where the parts are told */
    public int leftOut() {
        return others.size();
    }

    /** @return what lies beside them */
    List<FolderScan.PassedOver> passedOver() {
        final Stream<FolderScan.PassedOver> rest = others.isEmpty() ? Stream.empty()
            : Stream.of(new FolderScan.PassedOver(FolderScan.Reason.OTHER_PART, ENDING.substring(1), others.size(), others.get(0).key()));
        return Stream.concat(scan.passedOver().stream(), rest).toList();
    }

    /** @return what is odd, as sentences */
    public List<String> notes() {
        final var all = new ArrayList<>(notes);
        final List<FolderScan.Found> untold = others.stream().filter(file -> part(file.key()) == null).toList();
        if (!untold.isEmpty()) {
            all.add("%d Parquet file%s named as of no part, and not read, the first: '%s'.".formatted(untold.size(), untold.size() == 1 ? " is" : "s are", untold.get(0).key()));
        }
        final List<FolderScan.PassedOver> beside = scan.passedOver().stream().filter(p -> p.reason() != FolderScan.Reason.LEFTOVER
            && p.reason() != FolderScan.Reason.DOCUMENT).toList();
        if (!beside.isEmpty()) {
            final int count = beside.stream().mapToInt(FolderScan.PassedOver::count).sum();
            all.add(String.format(Locale.ROOT, "%,d file%s beside the Parquet files, and not read, the first: '%s'.", count, count == 1 ? " lies" : "s lie",
                beside.get(0).first()));
        }
        return all;
    }
}
