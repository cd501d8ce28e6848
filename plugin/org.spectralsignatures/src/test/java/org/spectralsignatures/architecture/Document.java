package org.spectralsignatures.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One document of the repository in Markdown. Blocks of code are not looked at.
 *
 * @param path its place below the repository
 * @param text what stands in it, without blocks of code
 */
record Document(String path, String text) {

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private static final Pattern SPEED = Pattern.compile("\\d[\\d,.]* (images/s|images a second|images per second|GFLOP/s)");

    /** Two words at least, so that names of nodes, formats and languages are none. */
    private static final Pattern CLASS = Pattern.compile("`(?:[a-z.]+\\.)?([A-Z]+[a-z\\d]+(?:[A-Z]+[a-z\\d]*)+)[^`]*`");

    static Document of(final String path, final String text) {
        return new Document(path, CODE_BLOCK.matcher(text).replaceAll(""));
    }

    /** @return those that git holds, wherever they lie; build folders and what is hidden are left out */
    static List<Document> all(final Path repository) throws IOException {
        final var documents = new ArrayList<Document>();
        for (Path file : RepositoryFiles.list(repository)) {
            if (file.toString().endsWith(".md")) {
                documents.add(of(RepositoryFiles.name(repository, file), Files.readString(file)));
            }
        }
        return documents;
    }

    /** @return links into the repository that lead nowhere */
    List<String> brokenLinks(final Path repository) throws IOException {
        final var broken = new ArrayList<String>();
        for (final var found : LINK.matcher(text).results().toList()) {
            final String target = found.group(1);
            if (!target.contains("://") && !leads(repository, target)) {
                broken.add(path + ": there is no " + target);
            }
        }
        return broken;
    }

    private boolean leads(final Path repository, final String target) throws IOException {
        final int hash = target.indexOf('#');
        final String file = hash < 0 ? target : target.substring(0, hash);
        final Path place = repository.resolve(path).resolveSibling(file.isEmpty() ? Path.of(path).getFileName().toString() : file);
        if (!Files.exists(place)) {
            return false;
        }
        return hash < 0 || of(path, Files.readString(place)).anchors().contains(target.substring(hash + 1));
    }

    /** @return names of its headings, as links have them */
    private Set<String> anchors() {
        final var anchors = new HashSet<String>();
        HEADING.matcher(text).results().forEach(found -> anchors.add(found.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-')));
        return anchors;
    }

    /** @return measured speeds that stand in it */
    List<String> speeds() {
        return SPEED.matcher(text).results().map(found -> path + ": " + found.group()).toList();
    }

    /**
     * @param names of classes and modules
     * @return classes in code that are none of them
     */
    List<String> unknownClasses(final Set<String> names) {
        return CLASS.matcher(text).results().map(found -> found.group(1)).filter(name -> !names.contains(name)).distinct()
            .map(name -> path + ": there is no class " + name).toList();
    }
}
