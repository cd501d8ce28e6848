package org.spectralsignatures.host.app;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.spectralsignatures.host.generate.NodeReference;
import org.spectralsignatures.host.text.NearestName;
import org.spectralsignatures.host.workflow.WorkflowReader.SettingOverride;
import org.spectralsignatures.host.workflow.WorkflowVariable;
import org.spectralsignatures.host.workflow.WorkflowWriter;

/** Reads the options of a run from the command line, with the meaning that they have for KNIME's batch application. */
final class BatchArguments {

    /** Options that ask for what the host does anyway. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("-reset", "-failonloaderror");

    /** Options that people may have meant who wrote another one. */
    private static final List<String> KNOWN = List.of("-out", "-grid", "-cache", "-cacheSize", "-engine", "-workflow.variable", "-option", "-workflowDir", "-workflowFile",
        "-destDir", "-destFile", "-noexecute", "-nosave", "-reset", "-failonloaderror", "-preferences", "-credential", "-masterkey", "-updateLinks",
        GenerateCommand.OPTION, NodeReference.OPTION, "-help");

    /** Options that KNIME does not have, and what they need. */
    private static final Map<String, String> OWN = Map.of("-out", "a folder", "-grid", "a CSV file", "-cache", "a folder", "-cacheSize", "a size, for example 20g",
        "-engine", "a name, for example cpu or cuda");

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)([kmgt]?)b?", Pattern.CASE_INSENSITIVE);

    /** What KNIME and Eclipse take without a meaning for workflows. */
    private static final Set<String> IGNORED = Set.of("-noversioncheck", "-perspective", "-showlocation", "-allowdeadlock", "-checkforupdates",
        "-profilelist", "-profilelocation");

    private Path m_workflow;

    private Path m_out;

    private Path m_grid;

    private Path m_cache;

    private Long m_cacheSize;

    private String m_engine;

    private Path m_preferences;

    private Path m_destDir;

    private Path m_destFile;

    private boolean m_save = true;

    private boolean m_execute = true;

    private final List<WorkflowVariable> m_variables = new ArrayList<>();

    private final List<SettingOverride> m_overrides = new ArrayList<>();

    private final List<String> m_notes = new ArrayList<>();

    /** @throws IllegalArgumentException if an argument is wrong */
    BatchArguments(final List<String> arguments) {
        for (final Iterator<String> rest = arguments.iterator(); rest.hasNext();) {
            final String argument = rest.next();
            final int equals = argument.indexOf('=');
            final String name = equals < 0 ? argument : argument.substring(0, equals);
            final String value = equals < 0 ? null : argument.substring(equals + 1);
            if (!argument.startsWith("-")) {
                workflow(Path.of(argument));
            } else if (OWN.containsKey(name)) {
                own(name, value != null ? value : rest.hasNext() ? rest.next() : null);
            } else if (name.equals(GenerateCommand.OPTION)) {
                throw new IllegalArgumentException(GenerateCommand.OPTION + " stands alone, with a folder: it runs no workflow.");
            } else if (name.equals(NodeReference.OPTION)) {
                throw new IllegalArgumentException(NodeReference.OPTION + " stands alone, with a file: it runs no workflow.");
            } else if (value == null ? !flag(argument) : !valued(argument, name, value)) {
                unknown(name, value != null);
            }
        }
    }

    private static void unknown(final String name, final boolean hasValue) {
        final boolean known = KNOWN.contains(name);
        throw new IllegalArgumentException("Unknown option '" + name + (known ? hasValue ? "' with a value: it takes none." : "' without a value: write "
            + name + "=..." : "'" + NearestName.suggestion(name, KNOWN)));
    }

    private void workflow(final Path path) {
        check(m_workflow == null || m_workflow.equals(path), "Two workflows were given, '" + m_workflow + "' and '" + path + "': a run is of one.");
        m_workflow = path;
    }

    private void again(final String name, final Object before) {
        if (before != null) {
            m_notes.add(name + " was given more than once: the last one counts");
        }
    }

    /** Options that KNIME does not have. */
    private void own(final String name, final String value) {
        check(value != null && !value.isEmpty() && !value.startsWith("-"), name + " needs " + OWN.get(name) + ".");
        switch (name) {
            case "-out" -> {
                again(name, m_out);
                m_out = Path.of(value).toAbsolutePath().normalize();
            }
            case "-grid" -> {
                again(name, m_grid);
                m_grid = Path.of(value).toAbsolutePath().normalize();
            }
            case "-cache" -> {
                again(name, m_cache);
                m_cache = Path.of(value).toAbsolutePath().normalize();
            }
            case "-engine" -> {
                again(name, m_engine);
                m_engine = value.strip();
            }
            default -> {
                again(name, m_cacheSize);
                m_cacheSize = size(value);
            }
        }
    }

    /** @return bytes; units are powers of 1024 */
    private static long size(final String text) {
        final Matcher size = SIZE.matcher(text);
        check(size.matches(), "-cacheSize: '" + text + "' is no size: write a number and k, m, g or t, for example 20g.");
        final int unit = "kmgt".indexOf(size.group(2).toLowerCase(Locale.ROOT)) + (size.group(2).isEmpty() ? 0 : 1);
        final long bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << 10 * unit)).longValue();
        check(bytes > 0, "-cacheSize: nothing fits into '" + text + "'.");
        return bytes;
    }

    /** @return whether the option exists without a value */
    private boolean flag(final String name) {
        if (name.equals("-nosave")) {
            m_save = false;
        } else if (name.equals("-noexecute")) {
            m_execute = false;
        } else if (name.equals("-updateLinks") || name.equals("-masterkey") || IGNORED.contains(name.toLowerCase(Locale.ROOT))) {
            m_notes.add(name + " has no effect here");
        } else {
            return WITHOUT_EFFECT.contains(name);
        }
        return true;
    }

    /** @return whether the option exists with a value */
    private boolean valued(final String argument, final String name, final String value) {
        switch (name) {
            case "-workflow.variable":
                m_variables.add(variable(argument, value));
                break;
            case "-option":
                m_overrides.add(override(argument, value));
                break;
            case "-workflowDir":
                check(Files.isDirectory(Path.of(value)), "The workflow directory '" + value + "' is not a directory.");
                workflow(Path.of(value));
                break;
            case "-workflowFile":
                check(Files.isRegularFile(Path.of(value)), "The workflow file '" + value + "' is not a file.");
                workflow(Path.of(value));
                break;
            case "-destDir":
                check(!value.isEmpty(), "-destDir needs a folder.");
                again(name, m_destDir);
                m_destDir = Path.of(value).toAbsolutePath().normalize();
                check(!WorkflowWriter.isArchive(m_destDir), "'" + argument + "': -destDir names a folder; a .knwf file is named with -destFile.");
                break;
            case "-destFile":
                again(name, m_destFile);
                m_destFile = Path.of(value).toAbsolutePath().normalize();
                check(WorkflowWriter.isArchive(m_destFile), "'" + argument + "': -destFile names a .knwf or .zip file; a folder is named with -destDir.");
                break;
            default:
                return ignored(name, value);
        }
        return true;
    }

    /** Checks the options that are KNIME's, of which most mean nothing here; a password is never shown. */
    private boolean ignored(final String name, final String value) {
        switch (name) {
            case "-preferences":
                again(name, m_preferences);
                check(Files.isRegularFile(Path.of(value)), "The preference file '" + value + "' does not exist.");
                m_preferences = Path.of(value);
                return true;
            case "-credential":
                check(!value.split(";", 2)[0].isBlank(), "-credential needs a name: -credential=name[;login[;password]].");
                break;
            case "-masterkey":
                check(!value.isEmpty(), "The master key must not be empty.");
                break;
            default:
                if (!IGNORED.contains(name.toLowerCase(Locale.ROOT))) {
                    return false;
                }
        }
        m_notes.add(name + " has no effect here");
        return true;
    }

    private static void check(final boolean holds, final String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    BatchOptions options() {
        final String usual = System.getProperty("spectralsignatures.workflow");
        if (m_workflow == null && usual != null) {
            m_workflow = Path.of(usual);
        }
        check(m_workflow != null, "No workflow was given.");
        check(m_grid == null || m_out != null, "-grid needs a folder for the results: give -out DIR.");
        Path saved = m_destFile == null ? m_destDir : m_destFile;
        check(m_grid == null || saved == null, "-grid runs a workflow many times, so it cannot be saved with -destDir or -destFile.");
        check(m_grid == null || m_execute, "-grid runs a workflow many times, so -noexecute makes no sense with it.");
        if (m_destFile != null && m_destDir != null) {
            m_notes.add("-destDir has no effect beside -destFile");
        }
        m_variables.stream().collect(Collectors.groupingBy(WorkflowVariable::name)).forEach((name, given) -> {
            if (given.size() > 1) {
                m_notes.add("-workflow.variable was given more than once for '" + name + "': the last one counts");
            }
        });
        m_overrides.stream().collect(Collectors.groupingBy(o -> o.node() + "," + o.setting())).forEach((name, given) -> {
            if (given.size() > 1) {
                m_notes.add("-option was given more than once for '" + name + "': the last one counts");
            }
        });
        if (!m_save && saved != null) {
            m_notes.add("-nosave was given: the workflow is not saved");
            saved = null;
        }
        check(m_cacheSize == null || m_cache != null, "-cacheSize says how much -cache DIR may hold: give the folder, too.");
        BatchOptions.Cache cache = m_cache == null ? null : new BatchOptions.Cache(m_cache, m_cacheSize == null ? BatchOptions.Cache.USUAL_BYTES : m_cacheSize);
        if (!m_execute && cache != null) {
            m_notes.add("-cache has no effect with -noexecute");
            cache = null;
        }
        return new BatchOptions(m_workflow, m_out, saved, m_grid, cache, m_engine, m_preferences, m_execute, m_variables, m_overrides, m_notes);
    }

    private static WorkflowVariable variable(final String argument, final String value) {
        final List<String> parts = split(value);
        check(parts.size() >= 3, "'" + argument + "': expected -workflow.variable=name,value,type.");
        check(!parts.get(0).isBlank(), "'" + argument + "': the variable has no name.");
        return WorkflowVariable.parse(parts.get(0), join(parts, 1), parts.get(parts.size() - 1));
    }

    private static SettingOverride override(final String argument, final String value) {
        final List<String> parts = List.of(value.split(",", -1));
        check(parts.size() >= 4 && parts.get(0).matches("\\d+(/\\d+)*"), "'" + argument + "': expected -option=node,setting,value,type with the node's id.");
        return new SettingOverride(parts.get(0).replace('/', ':'), parts.get(1), WorkflowVariable.parse(parts.get(1), join(parts, 2), parts.get(parts.size() - 1)));
    }

    /** The value may contain commas. */
    private static String join(final List<String> parts, final int from) {
        return String.join(",", parts.subList(from, parts.size() - 1));
    }

    /** Splits at commas, but not inside quotes, which are taken away; in quotes a backslash takes the next character as it is. */
    private static List<String> split(final String text) {
        final var parts = new ArrayList<String>();
        final var part = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (quote != 0 && c == '\\' && i + 1 < text.length() && (text.charAt(i + 1) == quote || text.charAt(i + 1) == '\\')) {
                part.append(text.charAt(++i));
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'') && part.length() == 0) {
                quote = c;
            } else if (quote == 0 && c == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        check(quote == 0, "'" + text + "': a quote is not closed.");
        parts.add(part.toString());
        return parts;
    }
}
