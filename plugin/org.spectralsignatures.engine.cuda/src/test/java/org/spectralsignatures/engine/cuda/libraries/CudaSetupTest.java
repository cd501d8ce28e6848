package org.spectralsignatures.engine.cuda.libraries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaSetupTest {

    @TempDir
    Path root;

    private FakeMachine linux;

    private final List<String> loaded = new ArrayList<>();

    @BeforeEach
    void machine() {
        linux = FakeMachine.linux(root);
    }

    /** What a driver says that is well, and cards of given capabilities. */
    private class Says implements Driver {

        private final int version;

        private final int error;

        private final int[] capabilities;

        Says(final int version, final int error, final int... capabilities) {
            this.version = version;
            this.error = error;
            this.capabilities = capabilities;
        }

        @Override
        public void load(final Path library) {
            loaded.add(library.getFileName().toString());
        }

        @Override
        public int version() {
            assertTrue(loaded.contains("libcudart.so.13"), "called before the libraries were loaded");
            return version;
        }

        @Override
        public int start() {
            return error;
        }

        @Override
        public int devices() {
            return capabilities.length;
        }

        @Override
        public String name(final int device) {
            return "Card " + device;
        }

        @Override
        public int capability(final int device) {
            return capabilities[device];
        }

        @Override
        public String libraries() {
            return "CUDA 13.0, cuDNN 9.13";
        }
    }

    private CudaSetup all(final Driver driver) throws Exception {
        linux.driver().cuda("usr/local/cuda/lib64").cudnn("usr/local/cuda/lib64");
        return new CudaSetup(linux.machine(), () -> driver);
    }

    @Test
    void nothingNativeIsCalledBeforeAllIsFound() throws Exception {
        final var setup = new CudaSetup(linux.machine(), () -> fail("native"));
        assertTrue(setup.problem().startsWith("There is no NVIDIA driver"), setup.problem());
        linux.cuda("usr/local/cuda/lib64").cudnn("usr/local/cuda/lib64");
        assertTrue(new CudaSetup(linux.machine(), () -> fail("native")).problem().startsWith("There is no NVIDIA driver"));
    }

    @Test
    void whatIsLoadedIsDescribed() throws Exception {
        final CudaSetup setup = all(new Says(13000, 0, 61, 90));
        linux.text("proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64 Kernel Module  580.65.06  Tue\n");
        assertEquals("", setup.problem());
        assertEquals(List.of("libcuda.so.1", "libcudart.so.13"), loaded.subList(0, 2));
        assertEquals(1, setup.device(), "the first that is new enough");
        assertEquals("Card 1, compute capability 9.0, driver 580.65.06, CUDA 13.0, cuDNN 9.13", setup.description());
    }

    @Test
    void theAnswerIsKept() throws Exception {
        final CudaSetup setup = all(new Says(13000, 0, 90));
        assertEquals("", setup.problem());
        final int calls = loaded.size();
        assertEquals("", setup.problem());
        assertEquals(calls, loaded.size());
    }

    @Test
    void anotherFolderIsLookedThroughAtOnce() throws Exception {
        linux.driver().cuda("elsewhere").cudnn("elsewhere");
        final var setup = new CudaSetup(linux.machine(), () -> new Says(13000, 0, 90));
        assertTrue(setup.problem().startsWith("There is an NVIDIA driver, but"), setup.problem());
        linux.properties.put("org.spectralsignatures.cuda.path", root.resolve("elsewhere").toString());
        assertEquals("", setup.problem());
    }

    @Test
    void anOldDriverIsToldByWhatItKnows() throws Exception {
        assertEquals("The NVIDIA driver of this machine knows CUDA 12.4, but CUDA 13 is needed: update it to version 580 or newer.", all(new Says(12040, 0, 90)).problem());
    }

    @Test
    void anOldCardIsNamed() throws Exception {
        assertEquals("The graphics processor Card 0 has compute capability 7.0, but CUDA 13 needs 7.5 or newer (Turing, such as GeForce RTX 20): use the CPU.",
            all(new Says(13000, 0, 70, 61)).problem());
    }

    @Test
    void noCardIsSaid() throws Exception {
        final String message = "The NVIDIA driver sees no graphics processor: check that the card is there and that this user or container may use it.";
        assertEquals(message, all(new Says(13000, 100)).problem());
        assertEquals(message, new CudaSetup(linux.machine(), () -> new Says(13000, 0)).problem());
    }

    @Test
    void aDriverThatDoesNotStartIsSaid() throws Exception {
        assertEquals("The NVIDIA driver cannot be started (error 803 of CUDA): restart the machine, or install the driver again.", all(new Says(13000, 803)).problem());
    }

    @Test
    void aFileThatIsNoLibraryIsNamed() throws Exception {
        final CudaSetup setup = all(new Says(13000, 0, 90) {
            @Override
            public void load(final Path library) {
                if (library.endsWith("libcublas.so.13")) {
                    throw new UnsatisfiedLinkError("wrong ELF class");
                }
            }
        });
        assertEquals("NVIDIA's library '%s' cannot be loaded (wrong ELF class): install it again, for Linux or Windows on x86_64."
            .formatted(root.resolve("usr/local/cuda/lib64/libcublas.so.13")), setup.problem());
        linux.properties.put("org.spectralsignatures.cuda.path", root.toString());
        assertTrue(setup.problem().startsWith("NVIDIA's library"), "what was loaded once stays, so that nothing is tried again");
    }

    /** What calls a library is loaded when it is first called. */
    @Test
    void aLibraryThatDoesNotFitIsSaidWhereverItIsFirstCalled() throws Exception {
        final String message = "NVIDIA's libraries do not fit what this extension calls them by (undefined symbol): install CUDA 13 and cuDNN 9 for it again.";
        assertEquals(message, all(new Says(13000, 0, 90) {
            @Override
            public int start() {
                throw new UnsatisfiedLinkError("undefined symbol");
            }
        }).problem());
        final var setup = new CudaSetup(linux.machine(), () -> new Says(13000, 0, 90) {
            @Override
            public String libraries() {
                throw new UnsatisfiedLinkError("undefined symbol");
            }
        });
        assertEquals(message, setup.problem());
        assertEquals("", setup.description());
        assertEquals(message, setup.problem(), "the answer is kept");
        assertEquals(message, new CudaSetup(linux.machine(), () -> {
            throw new NoClassDefFoundError("undefined symbol");
        }).problem());
    }

    @Test
    void onThisMachineTheAnswerIsOneSentenceOrACard() {
        final String problem = CudaLibraries.problem();
        assertTrue(problem.isEmpty() ? CudaLibraries.describe().contains("compute capability") : problem.matches("[A-Z].*\\.") && CudaLibraries.describe().isEmpty(), problem);
    }
}
