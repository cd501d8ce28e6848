package org.spectralsignatures.host.tests;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVRecord;
import org.spectralsignatures.host.app.ExitCode;

/**
 * What a node of a test workflow has to say.
 *
 * @param node its name and number as in {@code Top-k Remover (#5)}
 * @param kind when
 * @param message all of it; between two {@code _!_} it is a regular expression, as in KNIME's Testflow Configuration
 */
record ExpectedMessage(String node, Kind kind, String message) {

    private static final String REGEX = "_!_";

    /** When a node says something, and how it shows. */
    enum Kind {
        CONFIGURE(ExitCode.CONFIGURE, "ERROR  %s cannot be configured: "),
        EXECUTE(ExitCode.EXECUTION, "ERROR  %s  _!_[0-9.]+_!_ s: "), WARNING(ExitCode.SUCCESS, "WARN   %s: ");

        final ExitCode code;

        private final String m_line;

        Kind(final ExitCode code, final String line) {
            this.code = code;
            m_line = line;
        }
    }

    static ExpectedMessage of(final CSVRecord row) {
        return new ExpectedMessage(row.get("node"), Kind.valueOf(row.get("kind")), row.get("message"));
    }

    /** @return number of the node */
    int id() {
        return Integer.parseInt(node.replaceAll(".*\\(#(\\d+)\\)", "$1"));
    }

    /** @return what the batch application prints */
    Pattern line() {
        final String[] parts = (kind.m_line.formatted(node) + message).split(REGEX, -1);
        return Pattern.compile(IntStream.range(0, parts.length).mapToObj(i -> i % 2 == 0 ? Pattern.quote(parts[i]) : parts[i]).collect(Collectors.joining()));
    }

    /** @return the code that the batch application ends with */
    static ExitCode code(final Iterable<ExpectedMessage> messages) {
        for (ExpectedMessage message : messages) {
            if (message.kind != Kind.WARNING) {
                return message.kind.code;
            }
        }
        return ExitCode.SUCCESS;
    }

    /** @return the lines that report errors and warnings */
    static String[] lines(final String text) {
        return text.lines().filter(l -> Stream.of("ERROR", "WARN").anyMatch(l::startsWith)).toArray(String[]::new);
    }
}
