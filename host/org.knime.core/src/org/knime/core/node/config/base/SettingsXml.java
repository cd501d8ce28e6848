package org.knime.core.node.config.base;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/**
 * Reads and writes trees of settings in KNIME's XML format. Document types, external entities, keys that come twice, arrays that say
 * another length than they have, and files too large or too deep for settings are refused.
 */
final class SettingsXml {

    private static final String NAMESPACE = "http://www.knime.org/2008/09/XMLConfig";

    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    /** Larger than any settings: a node keeps its data elsewhere. */
    private static final int LARGEST = 32 << 20;

    private static final int DEEPEST = 200;

    private static final String SIZE = "array-size";

    private static final Pattern OTHER_ENCODING = Pattern.compile("encoding=[\"'](?!(?i:utf-8)[\"'])");

    private SettingsXml() {
    }

    /**
     * @param in the file
     * @param root receives what it holds
     * @throws IOException if the file is no such XML; the message says in which line
     */
    static void read(final InputStream in, final ConfigBase root) throws IOException {
        final var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            final byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("it is larger than " + (LARGEST >> 20) + " MB, which no settings are.");
            }
            checkUtf8(bytes);
            read(factory.createXMLStreamReader(new ByteArrayInputStream(bytes)), root);
        } catch (XMLStreamException | RuntimeException e) { // the parser of the JDK throws others than it declares
            throw new IOException("not a settings file: " + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " "), e);
        }
    }

    /** KNIME writes UTF-8; the parser would complain about other bytes on the process's own error output. */
    private static void checkUtf8(final byte[] bytes) throws IOException {
        final String start = new String(bytes, 0, Math.min(bytes.length, 100), StandardCharsets.ISO_8859_1);
        if (!start.startsWith("\u00fe\u00ff") && !start.startsWith("\u00ff\u00fe") && !OTHER_ENCODING.matcher(start).find()) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            } catch (CharacterCodingException e) {
                throw new IOException("not a settings file: some of its bytes are no text in UTF-8.", e);
            }
        }
    }

    private static void read(final XMLStreamReader xml, final ConfigBase root) throws XMLStreamException {
        final var open = new ArrayDeque<ConfigBase>();
        while (xml.hasNext()) {
            final int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                throw new XMLStreamException("a document type is not allowed", xml.getLocation());
            } else if (event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new XMLStreamException("the entity '" + xml.getLocalName() + "' is not allowed", xml.getLocation());
            } else if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("config")) {
                if (open.size() == DEEPEST) {
                    throw new XMLStreamException("settings are nested more than " + DEEPEST + " deep", xml.getLocation());
                }
                open.push(open.isEmpty() ? root : open.peek().addConfigBase(key(xml, open)));
            } else if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("entry") && !open.isEmpty()) {
                final boolean isNull = "true".equals(xml.getAttributeValue(null, "isnull"));
                open.peek().addEntry(type(xml).createEntry(key(xml, open), isNull ? null : unescape(attribute(xml, "value"))));
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                throw new XMLStreamException("unexpected element '" + xml.getLocalName() + "'", xml.getLocation());
            } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("config")) {
                checkArray(xml, open);
                open.pop();
            }
        }
    }

    private static ConfigEntries type(final XMLStreamReader xml) throws XMLStreamException {
        final String type = attribute(xml, "type");
        if (type.equals(ConfigEntries.config.name()) || Arrays.stream(ConfigEntries.values()).noneMatch(t -> t.name().equals(type))) {
            throw new XMLStreamException("there are no entries of type '" + type + "'", xml.getLocation());
        }
        return ConfigEntries.valueOf(type);
    }

    /** @return the key of an element, which must be new where it stands */
    private static String key(final XMLStreamReader xml, final Deque<ConfigBase> open) throws XMLStreamException {
        final String key = attribute(xml, "key");
        if (open.peek().containsKey(key)) {
            throw new XMLStreamException("the key '" + path(open, key) + "' comes twice", xml.getLocation());
        }
        return key;
    }

    private static String path(final Deque<ConfigBase> open, final String key) {
        final var path = new StringBuilder(key);
        for (ConfigBase config : open) {
            if (config != open.peekLast()) {
                path.insert(0, config.getKey() + "/");
            }
        }
        return path.toString();
    }

    /** An array has its length and that many numbered entries. */
    private static void checkArray(final XMLStreamReader xml, final Deque<ConfigBase> open) throws XMLStreamException {
        final ConfigBase config = open.peek();
        if (config.getEntry(SIZE) instanceof ConfigLeaf size && size.getType() == ConfigEntries.xint) {
            final long numbered = config.keySet().stream().filter(key -> key.matches("\\d+")).count();
            if (!Long.toString(numbered).equals(size.toStringValue())) {
                throw new XMLStreamException("the array '" + path(open, "").replaceFirst("/$", "") + "' says that it has " + size.toStringValue() + " entries, but has "
                    + numbered, xml.getLocation());
            }
        }
    }

    private static String attribute(final XMLStreamReader xml, final String name) throws XMLStreamException {
        final String value = xml.getAttributeValue(null, name);
        if (value == null) {
            throw new XMLStreamException("attribute '" + name + "' is missing", xml.getLocation());
        }
        return value;
    }

    /**
     * @param config the tree
     * @param out receives it; stays open
     */
    static void write(final ConfigBase config, final OutputStream out) throws IOException {
        try {
            final XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("config");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeNamespace("xsi", XSI);
            xml.writeAttribute("xsi", XSI, "schemaLocation", NAMESPACE + " http://www.knime.org/XMLConfig_2008_09.xsd");
            xml.writeAttribute("key", config.getKey());
            children(config, xml, "\n    ");
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.writeCharacters("\n");
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException("Writing settings failed: " + e.getMessage(), e);
        }
    }

    private static void children(final ConfigBase config, final XMLStreamWriter xml, final String indent) throws XMLStreamException {
        for (String key : config) {
            xml.writeCharacters(indent);
            if (config.getEntry(key) instanceof ConfigBase sub) {
                if (sub.getChildCount() == 0) {
                    xml.writeEmptyElement("config");
                    xml.writeAttribute("key", key);
                } else {
                    xml.writeStartElement("config");
                    xml.writeAttribute("key", key);
                    children(sub, xml, indent + "    ");
                    xml.writeCharacters(indent);
                    xml.writeEndElement();
                }
            } else {
                final String value = config.getEntry(key).toStringValue();
                xml.writeEmptyElement("entry");
                xml.writeAttribute("key", key);
                xml.writeAttribute("type", config.getEntry(key).getType().name());
                if (value == null) {
                    xml.writeAttribute("isnull", "true");
                }
                xml.writeAttribute("value", value == null ? "" : escape(value));
            }
        }
    }

    /** Control characters are written as %%00010. */
    private static String escape(final String text) {
        final var out = new StringBuilder();
        text.chars().forEach(c -> {
            if (c < ' ') {
                out.append("%%%%%05d".formatted(c));
            } else {
                out.append((char)c);
            }
        });
        return out.toString();
    }

    private static String unescape(final String text) {
        final var matcher = Pattern.compile("%%(\\d{5})").matcher(text);
        return matcher.replaceAll(m -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(m.group(1)))));
    }
}
