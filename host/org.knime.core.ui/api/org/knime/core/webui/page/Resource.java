package org.knime.core.webui.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Optional;

/** A file of a page, such as a JavaScript module or a picture. */
public interface Resource {

    /** What a resource is, told by the end of its name. */
    enum ContentType {

        /** A whole page. */
        HTML,

        /** A JavaScript module; as a page, it draws itself into a shadow root. */
        SHADOW_APP,

        /** A picture. */
        SVG,

        /** A picture. */
        PNG;

        static ContentType determineType(final String path) {
            final String end = path.substring(Math.max(0, path.lastIndexOf('.')));
            return switch (end) {
                case ".js" -> SHADOW_APP;
                case ".html" -> HTML;
                case ".svg" -> SVG;
                case ".png" -> PNG;
                default -> throw new IllegalArgumentException("What kind of resource is '" + path + "'? Its name must end with .js, .html, .svg or .png.");
            };
        }
    }

    /** @return path within the page, with slashes */
    String getRelativePath();

    /** @return its bytes, to be closed by the caller */
    InputStream getInputStream() throws IOException;

    /** @return whether it is the same for all nodes, always */
    boolean isStatic();

    /** @return what it is */
    ContentType getContentType();

    /** @return how its text is encoded; empty if it is no text or in the default encoding */
    default Optional<Charset> getCharset() {
        return Optional.empty();
    }
}
