package org.spectralsignatures.engine.cuda.libraries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrarySearchTest {

    @TempDir
    Path root;

    private FakeMachine linux;

    @BeforeEach
    void machine() {
        linux = FakeMachine.linux(root);
    }

    private static String driverMissing(final FakeMachine machine) {
        return assertThrows(MissingException.class, () -> new LibrarySearch(machine.machine()).driver()).getMessage();
    }

    private static String librariesMissing(final FakeMachine machine) {
        return assertThrows(MissingException.class, () -> new LibrarySearch(machine.machine()).libraries()).getMessage();
    }

    private List<String> found(final FakeMachine machine) throws MissingException {
        return new LibrarySearch(machine.machine()).libraries().stream().map(file -> root.relativize(file).toString()).toList();
    }

    @Test
    void otherSystemsHaveNone() {
        final var mac = new Machine("Mac OS X", "aarch64", name -> null, name -> null, () -> "", root);
        assertEquals("CUDA is there for Linux and Windows on x86_64, not for Mac OS X on aarch64.",
            assertThrows(MissingException.class, () -> new LibrarySearch(mac).driver()).getMessage());
    }

    @Test
    void withoutADriverItIsSaidWhichToInstall() throws Exception {
        linux.file("usr/local/cuda/lib64/stubs/libcuda.so").file("usr/local/cuda/lib64/stubs/libcuda.so.1");
        linux.environment.put("LD_LIBRARY_PATH", root.resolve("usr/local/cuda/lib64/stubs").toString());
        assertEquals("There is no NVIDIA driver on this machine (libcuda.so.1 was not found): install version 580 or newer.", driverMissing(linux));
        assertEquals("There is no NVIDIA driver on this machine (nvcuda.dll was not found): install version 580 or newer.", driverMissing(FakeMachine.windows(root)));
    }

    @Test
    void theDriverIsFoundWhereTheLoaderLooks() throws Exception {
        linux.text("etc/ld.so.conf", "include /etc/ld.so.conf.d/*.conf\n").text("etc/ld.so.conf.d/nvidia.conf", "# driver\n/opt/nvidia/lib\n").file("opt/nvidia/lib/libcuda.so.1");
        assertEquals(root.resolve("opt/nvidia/lib/libcuda.so.1"), new LibrarySearch(linux.machine()).driver());
    }

    @Test
    void theDriverOfWindowsAndOfLinuxInItAreFound() throws Exception {
        final FakeMachine windows = FakeMachine.windows(root).driver();
        assertEquals(root.resolve("Windows/System32/nvcuda.dll"), new LibrarySearch(windows.machine()).driver());
        linux.file("usr/lib/wsl/lib/libcuda.so.1");
        assertEquals(root.resolve("usr/lib/wsl/lib/libcuda.so.1"), new LibrarySearch(linux.machine()).driver());
    }

    @Test
    void anOldDriverIsToldByTheKernel() throws Exception {
        linux.driver().text("proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.54.03  Tue Jun  6 22:20:39 UTC 2023\nGCC version: 11.3\n");
        assertEquals("The NVIDIA driver of this machine has version 535.54.03, but CUDA 13 needs 580 or newer: update it.", driverMissing(linux));
    }

    @Test
    void anOldDriverIsToldByTheNameOfItsFile() throws Exception {
        linux.file("usr/lib64/libcuda.so.570.124.06");
        Files.createSymbolicLink(root.resolve("usr/lib64/libcuda.so.1"), Path.of("libcuda.so.570.124.06"));
        assertTrue(driverMissing(linux).contains("570.124.06"), driverMissing(linux));
    }

    @Test
    void aNewDriverServes() throws Exception {
        linux.driver().text("proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release Build  (dvs-builder@U22)\n");
        final var search = new LibrarySearch(linux.machine());
        assertEquals("580.65.06", search.driverVersion(search.driver()));
    }

    @Test
    void withoutLibrariesAllAreNamed() {
        assertEquals("There is an NVIDIA driver, but not all of its libraries were found in the usual places (missing: libcudart.so.13, libcublasLt.so.13, libcublas.so.13,"
            + " libnvrtc-builtins.so.13, libnvrtc.so.13, libcudnn_graph.so.9, libcudnn_ops.so.9, libcudnn_cnn.so.9, libcudnn_adv.so.9): install CUDA 13 and cuDNN 9 for it,"
            + " or name the folder that holds them with the Java property org.spectralsignatures.cuda.path or the preference"
            + " org.spectralsignatures.engine.cuda/libraries.", librariesMissing(linux));
    }

    @Test
    void aToolkitWithoutCudnnIsNotEnough() throws Exception {
        final String message = librariesMissing(linux.cuda("usr/local/cuda/lib64"));
        assertTrue(message.contains("(missing: libcudnn_graph.so.9, libcudnn_ops.so.9, libcudnn_cnn.so.9, libcudnn_adv.so.9): install cuDNN 9 for CUDA 13, or"), message);
    }

    @Test
    void anotherVersionOfCudaIsNamed() throws Exception {
        linux.file("usr/local/cuda/lib64/libcudart.so.12").cudnn("usr/lib/x86_64-linux-gnu");
        final String message = librariesMissing(linux);
        assertTrue(message.contains("libnvrtc.so.13; in '" + root.resolve("usr/local/cuda/lib64") + "' lies CUDA 12, which does not serve): install CUDA 13, or"), message);
    }

    @Test
    void theyAreLoadedInTheOrderInWhichTheyNeedEachOther() throws Exception {
        linux.cuda("usr/local/cuda-13.1/lib64").cudnn("usr/lib/x86_64-linux-gnu").file("usr/local/cuda-13.0/lib64/libcudart.so.13");
        final String cuda = "usr/local/cuda-13.1/lib64/";
        final String cudnn = "usr/lib/x86_64-linux-gnu/libcudnn";
        assertEquals(List.of(cuda + "libcudart.so.13", cuda + "libcublasLt.so.13", cuda + "libcublas.so.13", cuda + "libnvrtc-builtins.so.13.1", cuda + "libnvrtc.so.13",
            cudnn + "_graph.so.9", cudnn + "_ops.so.9", cudnn + "_cnn.so.9", cudnn + "_adv.so.9", cudnn + "_heuristic.so.9", cudnn + "_engines_precompiled.so.9",
            cudnn + ".so.9"), found(linux));
    }

    @Test
    void aNamedFolderComesFirstWithAllBelowIt() throws Exception {
        linux.cuda("usr/local/cuda/lib64").cudnn("usr/local/cuda/lib64").cuda("venv/site-packages/nvidia/cu13/lib").cudnn("venv/site-packages/nvidia/cudnn/lib");
        linux.properties.put("org.spectralsignatures.cuda.path", root.resolve("venv/site-packages").toString());
        assertTrue(found(linux).stream().allMatch(file -> file.startsWith("venv/")), found(linux).toString());
        linux.properties.put("org.spectralsignatures.cuda.path", " ");
        final Path nvidia = root.resolve("venv/site-packages/nvidia");
        linux.environment.put("SPECTRALSIGNATURES_CUDA_PATH", nvidia.resolve("cu13/lib") + ":" + nvidia.resolve("cudnn/lib"));
        assertTrue(found(linux).stream().allMatch(file -> file.startsWith("venv/")), found(linux).toString());
    }

    @Test
    void aNamedFolderThatIsNotThereIsSaid() {
        linux.environment.put("SPECTRALSIGNATURES_CUDA_PATH", root.resolve("gone").toString());
        assertEquals(("The folder '%s' that the environment variable SPECTRALSIGNATURES_CUDA_PATH names does not exist: correct it, or remove it to have the usual"
            + " places looked through.")
                .formatted(root.resolve("gone")), librariesMissing(linux));
        linux.properties.put("org.spectralsignatures.cuda.path", root.resolve("lost").toString());
        assertTrue(librariesMissing(linux).startsWith("The folder '%s' that the Java property org.spectralsignatures.cuda.path names".formatted(root.resolve("lost"))));
    }

    /** The property before the variable before the preference before the usual places. */
    @Test
    void aPreferenceNamesTheFolderUnlessSomethingNearerDoes() throws Exception {
        linux.cuda("usr/local/cuda/lib64").cudnn("usr/local/cuda/lib64");
        for (String place : List.of("preferred", "variable", "property")) {
            linux.cuda(place + "/lib").cudnn(place + "/lib");
        }
        assertTrue(found(linux).stream().allMatch(file -> file.startsWith("usr/")), found(linux).toString());
        linux.preference = root.resolve("preferred").toString();
        assertTrue(found(linux).stream().allMatch(file -> file.startsWith("preferred/")), found(linux).toString());
        linux.environment.put("SPECTRALSIGNATURES_CUDA_PATH", root.resolve("variable").toString());
        assertTrue(found(linux).stream().allMatch(file -> file.startsWith("variable/")), found(linux).toString());
        linux.properties.put("org.spectralsignatures.cuda.path", root.resolve("property").toString());
        assertTrue(found(linux).stream().allMatch(file -> file.startsWith("property/")), found(linux).toString());
    }

    @Test
    void whatWasTriedIsSaid() throws Exception {
        linux.file("preferred/libcudart.so.13");
        linux.preference = root.resolve("preferred").toString();
        final String message = librariesMissing(linux);
        assertTrue(message.startsWith("There is an NVIDIA driver, but not all of its libraries were found below '" + linux.preference
            + "', which the preference org.spectralsignatures.engine.cuda/libraries names, and in the usual places (missing: libcublasLt.so.13, "), message);
        linux.preference = root.resolve("gone").toString();
        assertTrue(librariesMissing(linux).startsWith("The folder '%s' that the preference org.spectralsignatures.engine.cuda/libraries names does not exist: "
            .formatted(root.resolve("gone"))), librariesMissing(linux));
    }

    /** Here there is no Eclipse. */
    @Test
    void withoutEclipseThereIsNoPreference() {
        assertEquals("", Machine.here().preference().get());
    }

    @Test
    void thePythonEnvironmentThatIsActiveIsLookedThrough() throws Exception {
        linux.cuda("venv/lib/python3.12/site-packages/nvidia/cu13/lib").cudnn("venv/lib/python3.12/site-packages/nvidia/cudnn/lib");
        assertTrue(librariesMissing(linux).startsWith("There is"));
        linux.environment.put("VIRTUAL_ENV", root.resolve("venv").toString());
        assertEquals(12, found(linux).size());
    }

    @Test
    void windowsHasThemBelowProgramFiles() throws Exception {
        final FakeMachine windows = FakeMachine.windows(root).cuda("Program Files/NVIDIA GPU Computing Toolkit/CUDA/v13.1/bin/x64")
            .cudnn("Program Files/NVIDIA/CUDNN/v9.19/bin/13.1/x64").cudnn("Program Files/NVIDIA/CUDNN/v9.19/bin/12.9/x64");
        final List<String> found = found(windows);
        assertEquals(12, found.size());
        assertTrue(found.stream().noneMatch(file -> file.contains("12.9")), found.toString());
        assertTrue(found.get(0).endsWith("cudart64_13.dll"), found.toString());
    }
}
