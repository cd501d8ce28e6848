package org.spectralsignatures.reader;

import java.util.Locale;
import java.util.Set;

/** What the ending of a file's name says of it. It is believed only where it says that a file is an image or a document. */
final class ImageEndings {

    /** Also those of images that are not read: they are refused by name, and not passed over. */
    private static final Set<String> IMAGES = Set.of("png", "apng", "jpg", "jpeg", "jpe", "jfif", "jif", "gif", "bmp", "dib", "tif", "tiff", "webp", "ppm",
        "pgm", "pbm", "pnm", "pam", "heic", "heif", "avif", "jp2", "j2k", "jpx", "jxl", "jxr", "ico", "cur", "tga", "pcx", "psd", "svg", "exr", "hdr", "dds",
        "xbm", "xpm", "ras", "sgi", "dng", "nef", "cr2", "cr3", "arw", "orf", "rw2", "raf", "dcm");

    private static final Set<String> DOCUMENTS = Set.of("txt", "csv", "tsv", "json", "jsonl", "xml", "yaml", "yml", "md", "html", "htm", "pdf", "rtf", "doc", "docx",
        "xls", "xlsx", "log", "ini", "cfg", "toml", "py", "ipynb", "m", "mat", "sh", "lst", "lock", "sha1", "sha256", "md5", "url", "names");

    private ImageEndings() {
    }

    /** @return the ending in lower case without its dot; empty if there is none */
    static String of(final String name) {
        final int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** @return whether files with this ending are images, read or not */
    static boolean isImage(final String ending) {
        return IMAGES.contains(ending);
    }

    /** @return whether files with this ending are expected beside images */
    static boolean isDocument(final String ending) {
        return DOCUMENTS.contains(ending);
    }

    /** @return for example {@code .tif} or {@code without ending} */
    static String show(final String ending) {
        return ending.isEmpty() ? "without ending" : "." + ending;
    }
}
