package org.spectralsignatures.nodes.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;

import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.training.TrainingDivergedException;

/**
 * What a node says of a failure: the sentence that was written for the user, or, where there is none, what happened, in which step and
 * what can be done. A refusal that the library wrote is told from a defect by where it was thrown.
 */
final class Failure {

    /** What Linux, macOS and Windows say of a disk or a share of it that is full. */
    private static final Pattern FULL = Pattern.compile("(?i)no space left|not enough space on the disk|disk quota exceeded");

    private static final String OURS = "org.spectralsignatures.";

    private final Throwable m_cause;

    private final String m_step;

    /**
     * @param cause what was thrown
     * @param step the last progress message, null before the first
     */
    Failure(final Throwable cause, final String step) {
        m_cause = original(cause);
        m_step = step;
    }

    /** What is thrown in other threads of a stream is thrown again as a copy with the original as its cause. */
    private static Throwable original(final Throwable e) {
        final Throwable cause = e.getCause();
        return cause != null && cause.getClass() == e.getClass() && (e.getMessage() == null || e.getMessage().equals(cause.toString())) ? original(cause) : e;
    }

    /** @return one or two sentences for the user */
    String message() {
        if (m_cause instanceof OutOfMemoryError) {
            return memory();
        }
        if (m_cause instanceof InternalError) {
            return ("A file that was mapped into memory could not be written or read%s: the disk is full or was taken away (%s). Free space in '%s', or"
                + " choose another folder for temporary files.").formatted(step(), what(m_cause), System.getProperty("java.io.tmpdir"));
        }
        if (m_cause instanceof LinkageError) {
            return ("A library could not be loaded%s: %s. Install the extension for this platform (%s %s) again, see that the folder of its native"
                + " libraries can be written, and restart.").formatted(step(), what(root(m_cause)), System.getProperty("os.name"), System.getProperty("os.arch"));
        }
        if (m_cause instanceof StackOverflowError) {
            return "The data are nested too deeply%s. Give Java's threads more memory with the option -Xss.".formatted(step());
        }
        return isRefusal() ? refusal() : defect();
    }

    private String memory() {
        final String detail = m_cause.getMessage() == null ? "" : " (" + m_cause.getMessage() + ")";
        if (isNative(m_cause)) {
            return ("There is not enough memory outside Java's heap%s%s. Lower the batch size, close other programs, or allow more with the Java option"
                + " -Dorg.bytedeco.javacpp.maxphysicalbytes.").formatted(step(), detail);
        }
        return "There is not enough memory%s%s. Lower the batch size or the number of images, or give Java more with the option -Xmx.".formatted(step(), detail);
    }

    /** JavaCPP and ND4J throw the error of the heap for memory outside it. */
    private static boolean isNative(final Throwable e) {
        final StackTraceElement[] stack = e.getStackTrace();
        return stack.length > 0 && (stack[0].getClassName().startsWith("org.bytedeco.") || stack[0].getClassName().startsWith("org.nd4j."))
            && (e.getMessage() == null || !e.getMessage().contains("heap"));
    }

    /** Whether the message was written for the user. */
    private boolean isRefusal() {
        if (m_cause.getMessage() == null || m_cause.getMessage().isBlank()) {
            return false;
        }
        if (m_cause instanceof IOException || m_cause instanceof InvalidSettingsException || m_cause instanceof TrainingDivergedException
            || m_cause instanceof UncheckedIOException) {
            return true;
        }
        final Class<?> type = m_cause.getClass();
        final boolean usual = type == IllegalArgumentException.class || type == IllegalStateException.class || type == NoSuchElementException.class;
        return usual && isOurs(m_cause);
    }

    private static boolean isOurs(final Throwable e) {
        return e.getStackTrace().length > 0 && e.getStackTrace()[0].getClassName().startsWith(OURS);
    }

    /** The JDK's exceptions of files have nothing but the name as their message. */
    private String refusal() {
        if (m_cause instanceof NoSuchFileException missing) {
            return "There is no file '%s'.".formatted(missing.getFile());
        }
        if (m_cause instanceof FileSystemException file) {
            return "'%s' cannot be used%s: %s.".formatted(file.getFile(), step(),
                file.getReason() == null ? file.getClass().getSimpleName() : file.getReason());
        }
        final boolean full = FULL.matcher(m_cause.getMessage()).find();
        return m_cause.getMessage() + (full ? (" Free space in '%s', or choose another folder for temporary files: in KNIME's preferences under KNIME, "
            + "elsewhere with the Java option -Djava.io.tmpdir=FOLDER.").formatted(System.getProperty("java.io.tmpdir")) : "");
    }

    private String defect() {
        final StackTraceElement[] stack = m_cause.getStackTrace();
        return ("This should not happen%s: %s%s. It is a defect of the extension, not of your data or settings: please report it with KNIME's log."
            + " Running the node again may help.").formatted(step(), what(m_cause), stack.length == 0 ? "" : " at " + stack[0]);
    }

    private String step() {
        return m_step == null ? "" : " in the step '" + m_step + "'";
    }

    private static String what(final Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static Throwable root(final Throwable e) {
        return e.getCause() == null ? e : root(e.getCause());
    }
}
