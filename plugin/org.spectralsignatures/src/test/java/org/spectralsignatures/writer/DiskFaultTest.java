package org.spectralsignatures.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

class DiskFaultTest {

    private static String explained(final IOException e) {
        return DiskFault.explain(e, Path.of("place", "out")).getMessage().replace('\\', '/');
    }

    @Test
    void whatSystemsSayBecomesWhatToDo() {
        assertEquals("The disk of 'place/out' is full. Nothing was written; free some space or choose another folder.",
            explained(new FileSystemException("place/out.part-1/a.png", null, "No space left on device")));
        final String denied = "'place/out' cannot be written: there is no permission to. Nothing was written; choose another folder, or change the permissions of 'place'.";
        assertEquals(denied, explained(new AccessDeniedException("place/out.part-1")));
        assertEquals(denied, explained(new FileSystemException("place/out.part-1", null, "Read-only file system")));
        assertEquals("'place/out' cannot be written: File name too long ('place/x'). Nothing was written; choose another folder.",
            explained(new FileSystemException("place/x", null, "File name too long")));
        assertEquals("'place/out' cannot be written: no file can be made there, or what was there is gone ('place/x'). Nothing was written; choose another folder.",
            explained(new NoSuchFileException("place/x")));
        final var said = new IOException("Row 'a': it is said.");
        assertSame(said, DiskFault.explain(said, Path.of("out")));
    }
}
