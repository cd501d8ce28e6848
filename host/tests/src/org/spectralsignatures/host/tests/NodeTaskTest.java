package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.nodes.task.NodeTask;

/** Whatever the library throws, a node ends with a sentence for its user. */
class NodeTaskTest {

    private static String message(final NodeTask.Call<Void> call) {
        return assertThrows(KNIMEException.class, () -> NodeTask.execute(new ExecutionMonitor(), monitor -> {
            monitor.progress(.5, "Row 5 of 10");
            return call.run(monitor);
        })).getMessage();
    }

    private static <E extends Throwable> Void sneak(final Throwable e) throws E {
        @SuppressWarnings("unchecked")
        final E unchecked = (E)e;
        throw unchecked;
    }

    private static String thrown(final Throwable e) {
        return message(monitor -> NodeTaskTest.<RuntimeException>sneak(e));
    }

    @Test
    void sentencesForTheUserAreShownAsTheyAre() {
        for (Exception e : List.of(new IOException("No file."), new InvalidSettingsException("Epsilon is 5."), new IllegalArgumentException("Too few."),
            new IllegalStateException("No library."), new NoSuchElementException("No layer."), new UncheckedIOException("Gone.", new IOException("x")))) {
            assertEquals(e.getMessage(), thrown(e));
        }
    }

    @Test
    void refusalsKeepTheirWordsWhereWorkIsSharedByThreads() {
        assertEquals("Row 7 is not finite.", message(monitor -> {
            IntStream.range(0, 1000).parallel().forEach(i -> {
                if (i == 777) {
                    throw new IllegalArgumentException("Row 7 is not finite.");
                }
            });
            return null;
        }));
    }

    @Test
    void defectsAreToldFromMistakesOfTheUser() {
        for (NodeTask.Call<Void> call : List.<NodeTask.Call<Void>>of(monitor -> {
            throw new NullPointerException();
        }, monitor -> {
            List.of(1).get(3);
            return null;
        }, monitor -> {
            Integer.parseInt("x");
            return null;
        }, monitor -> {
            new java.util.ArrayList<>(-1); // the JDK's own IllegalArgumentException
            return null;
        }, monitor -> {
            throw new IllegalStateException();
        }, monitor -> {
            throw new AssertionError("never");
        }, monitor -> {
            throw new EOFException();
        })) {
            final String message = message(call);
            assertTrue(message.startsWith("This should not happen in the step 'Row 5 of 10': "), message);
            assertTrue(message.contains("please report it"), message);
        }
    }

    @Test
    void errorsOfTheMachineSayWhatToDo() {
        assertTrue(thrown(new OutOfMemoryError("Java heap space")).contains("-Xmx"));
        final var outside = new OutOfMemoryError("Physical memory usage is too high");
        outside.setStackTrace(new StackTraceElement[]{new StackTraceElement("org.bytedeco.javacpp.Pointer", "deallocator", "Pointer.java", 1)});
        assertTrue(thrown(outside).contains("maxphysicalbytes"));
        final String mapped = thrown(new InternalError("a fault occurred in a recent unsafe memory access operation in compiled Java code"));
        assertTrue(mapped.contains("in the step 'Row 5 of 10'") && mapped.contains("disk is full") && mapped.contains(System.getProperty("java.io.tmpdir")), mapped);
        assertTrue(thrown(new StackOverflowError()).contains("-Xss"));
        for (Error e : List.of(new UnsatisfiedLinkError("no jnind4jcpu"), new NoClassDefFoundError("Could not initialize class org.nd4j.X"),
            new ExceptionInInitializerError(new RuntimeException("no jnind4jcpu")))) {
            final String message = thrown(e);
            assertTrue(message.startsWith("A library could not be loaded in the step 'Row 5 of 10': "), message);
            assertFalse(message.contains("null"), message);
        }
    }

    @Test
    void exceptionsOfFilesAreSentencesWithTheFile() {
        assertEquals("There is no file '/data/x.png'.", thrown(new NoSuchFileException("/data/x.png")));
        assertEquals("'/data/x.png' cannot be used in the step 'Row 5 of 10': AccessDeniedException.", thrown(new AccessDeniedException("/data/x.png")));
    }

    @Test
    void aFullDiskSaysWhereToFreeSpace() {
        final String message = thrown(new IOException("The network cannot be written to '/x': No space left on device."));
        assertTrue(message.startsWith("The network cannot be written to '/x': No space left on device. Free space in '"), message);
    }

    @Test
    void aCancelledNodeSaysWhatKnimeSays() {
        final String usual = new CanceledExecutionException().getMessage();
        assertEquals(usual, assertThrows(CanceledExecutionException.class, () -> NodeTask.execute(new ExecutionMonitor(), monitor -> {
            throw new TaskCancelledException();
        })).getMessage());
        final var cancelled = new ExecutionMonitor() {
            @Override
            public void checkCanceled() throws CanceledExecutionException {
                throw new CanceledExecutionException();
            }
        };
        assertEquals(usual, assertThrows(CanceledExecutionException.class, () -> NodeTask.execute(cancelled, monitor -> {
            throw new ClosedByInterruptException();
        })).getMessage());
    }
}
