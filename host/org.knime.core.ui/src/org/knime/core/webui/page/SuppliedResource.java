package org.knime.core.webui.page;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A resource that is read anew each time.
 *
 * @param content opens it
 * @param path within the page
 * @param charset of a text; null for none
 */
record SuppliedResource(Supplier<InputStream> content, String path, Charset charset) implements Resource {

    @Override
    public String getRelativePath() {
        return path;
    }

    @Override
    public InputStream getInputStream() {
        return content.get();
    }

    @Override
    public boolean isStatic() {
        return false;
    }

    @Override
    public ContentType getContentType() {
        return ContentType.determineType(path);
    }

    @Override
    public Optional<Charset> getCharset() {
        return Charset.defaultCharset().equals(charset) ? Optional.empty() : Optional.ofNullable(charset);
    }
}
