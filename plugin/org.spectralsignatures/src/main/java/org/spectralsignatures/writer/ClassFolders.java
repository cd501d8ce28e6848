package org.spectralsignatures.writer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.spectralsignatures.reader.SplitFolders;

/** Writes a folder for each class, and a file for each image in it. */
final class ClassFolders implements SetFiles {

    private final Path root;

    private final String prefix;

    private final ImageFiles files;

    private final SafeNames names = new SafeNames();

    /** The folder of each class. */
    private final Map<String, String> folders = new LinkedHashMap<>();

    /**
     * @param root the folder that is written
     * @param prefix path of the folder of folders below it, with a slash at its end; empty for the folder itself
     * @param files writes the images
     */
    ClassFolders(final Path root, final String prefix, final ImageFiles files) {
        this.root = root;
        this.prefix = prefix;
        this.files = files;
        if (prefix.isEmpty()) {
            SplitFolders.names().forEach(name -> names.reserve("", name)); // no reader takes those for classes
            WrittenFolder.LISTS.forEach(name -> names.reserve("", name));
        }
    }

    @Override
    public WrittenFile write(final SetImage image) throws IOException {
        final String folder = folder(image.label());
        final String file = folder + "/" + names.claim(folder, files.name(image));
        files.write(image, resolve(file));
        return new WrittenFile(file);
    }

    private String folder(final String label) throws IOException {
        final String known = folders.get(label);
        if (known != null) {
            return known;
        }
        final String folder = prefix + names.claim("", SafeNames.safe(label));
        if (folders.isEmpty() && !prefix.isEmpty()) {
            Files.createDirectory(root.resolve(prefix));
        }
        Files.createDirectory(resolve(folder)); // not those above it: where somebody deleted them, images are gone
        folders.put(label, folder);
        return folder;
    }

    private Path resolve(final String below) throws IOException {
        try {
            return root.resolve(below);
        } catch (InvalidPathException e) {
            throw new IOException("'%s' cannot be the name of a file here: %s. Start with a UTF-8 locale, for example LC_ALL=C.UTF-8.".formatted(below,
                e.getReason()), e);
        }
    }

    @Override
    public void finish() {
        // all is written
    }

    /** Classes whose folders have another name. */
    @Override
    public List<String> notes() {
        final List<Map.Entry<String, String>> others = folders.entrySet().stream().filter(f -> !f.getValue().equals(prefix + f.getKey())).toList();
        return others.isEmpty() ? List.of() : List.of(String.format(Locale.ROOT,
            "%,d class%s a folder of another name, since its own has a meaning to readers or not every file system takes it: '%s' is in '%s'.",
            others.size(), others.size() == 1 ? " has" : "es have", others.get(0).getKey(), others.get(0).getValue()));
    }

    @Override
    public void close() {
        // nothing is open
    }
}
