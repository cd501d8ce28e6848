package org.knime.core.webui.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.knime.core.node.FluentNodeAPI;

/** The page of a view: a file, and files that it loads. */
public sealed class Page implements Resource, FluentNodeAPI permits FromFilePage {

    /** What the page loads, by path. */
    protected final Map<String, Resource> m_resources = new HashMap<>();

    /** Whether no part of the page ever changes. */
    protected boolean m_isCompletelyStatic;

    private final Resource m_page;

    /** A page and nothing beside it. */
    protected Page(final Resource pageResource, final boolean isCompleteStatic) {
        m_page = pageResource;
        m_isCompletelyStatic = isCompleteStatic;
    }

    /** @return the first step */
    public static RequireFromFileOrString create() {
        return new RequireFromFileOrString() {
            @Override
            public RequireBundle fromFile() {
                return clazz -> base -> relative -> new FromFilePage(clazz, base, relative);
            }

            @Override
            public RequireRelativePath fromString(final InputStreamSupplier content, final Charset charset) {
                return path -> new Page(new SuppliedResource(content, path, charset), false);
            }
        };
    }

    /** Adds a file that the page loads. */
    public Page addResource(final Supplier<InputStream> content, final String relativePath, final Charset charset) {
        m_resources.put(relativePath, new SuppliedResource(content, relativePath, charset));
        m_isCompletelyStatic = false;
        return this;
    }

    /** @return what lies at a path beside the page */
    public Optional<Resource> getResource(final String relativePath) {
        return Optional.ofNullable(m_resources.get(relativePath));
    }

    /** @return whether no part of it ever changes */
    public boolean isCompletelyStatic() {
        return m_isCompletelyStatic;
    }

    @Override
    public String getRelativePath() {
        return m_page.getRelativePath();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return m_page.getInputStream();
    }

    @Override
    public boolean isStatic() {
        return m_page.isStatic();
    }

    @Override
    public ContentType getContentType() {
        return m_page.getContentType();
    }

    @Override
    public Optional<Charset> getCharset() {
        return m_page.getCharset();
    }

    /** First where it comes from. */
    public interface RequireFromFileOrString {

        /** From a file of a bundle. */
        RequireBundle fromFile();

        /** From whatever is read, which may change. */
        RequireRelativePath fromString(InputStreamSupplier content, Charset charset);
    }

    /** Opens what is read. */
    public interface InputStreamSupplier extends Supplier<InputStream> {
    }

    /** At last its path. */
    public interface RequireRelativePath {

        /** Sets the path of the page. */
        Page relativePath(String relativePath);
    }

    /** Then the bundle. */
    public interface RequireBundle {

        /** The bundle of a class. */
        RequireBasePath bundleClass(Class<?> clazz);
    }

    /** Then a folder of the bundle. */
    public interface RequireBasePath {

        /** Sets the folder; nothing outside it is loaded. */
        RequireRelativeFilePath basePath(String basePath);
    }

    /** At last the file. */
    public interface RequireRelativeFilePath {

        /** Sets the file, from the folder. */
        FromFilePage relativeFilePath(String relativeFilePath);
    }
}
