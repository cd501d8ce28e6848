package org.spectralsignatures.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.spectralsignatures.engine.Device;
import org.spectralsignatures.engine.TensorModel;
import org.spectralsignatures.engine.TensorRuntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;

/**
 * Models in ONNX Runtime: on the processor, or on a CUDA device where the build of ONNX Runtime that is installed has that provider and
 * one is there. Threads are as many as processors; operations that ONNX Runtime knows to depend on chance or timing run in their
 * deterministic form.
 */
public final class OnnxTensorRuntime implements TensorRuntime {

    /** System property: {@code false} keeps models on the processor. */
    public static final String CUDA = "org.spectralsignatures.onnx.cuda";

    /** System property: number of threads. */
    public static final String THREADS = "org.spectralsignatures.onnx.threads";

    /** Makes the zeros of a Pad before a MaxPool into values below all others, so that maxima of negative values come out (seen in 1.28 and 1.30). */
    private static final String WRONG_OPTIMISATION = "Pad_Fusion";

    /** Why no CUDA device can be used; null until it was tried. */
    private static String gpuProblem;

    @Override
    public String describe(final Device wish) throws IOException {
        final OrtEnvironment environment = environment();
        return "ONNX Runtime %s, %s".formatted(environment.getVersion(), usesCuda(wish) ? "CUDA" : "CPU");
    }

    @Override
    public String note(final Device wish) throws IOException {
        environment();
        return wish == Device.GPU && !usesCuda(wish) ? "Computed on the CPU: " + gpuProblem() : "";
    }

    /** The native library is unpacked and loaded here. */
    private static OrtEnvironment environment() throws IOException {
        try {
            Natives.load();
            final OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "spectralsignatures");
            environment.setTelemetry(false);
            return environment;
        } catch (LinkageError | OrtException | RuntimeException | IOException e) {
            throw new IOException("ONNX Runtime cannot run on this machine (%s %s): %s. It is there for Linux and Windows on x86_64, Linux on aarch64 and macOS on aarch64."
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), root(e)), e);
        }
    }

    private static String root(final Throwable e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : root(e.getCause());
    }

    private static boolean usesCuda(final Device wish) {
        return wish != Device.CPU && gpuProblem().isEmpty();
    }

    private static synchronized String gpuProblem() {
        if ("false".equals(System.getProperty(CUDA))) {
            return "the system property %s keeps networks in the ONNX format there.".formatted(CUDA);
        }
        if (gpuProblem == null) {
            gpuProblem = tryCuda();
        }
        return gpuProblem;
    }

    private static String tryCuda() {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return "this network is in the ONNX format, and the ONNX Runtime that is installed is the one for the CPU.";
        }
        try (var options = new OrtSession.SessionOptions()) {
            options.addCUDA();
            return "";
        } catch (OrtException e) {
            return "ONNX Runtime cannot use CUDA here: %s.".formatted(Messages.of(e).replaceAll("\\.+$", ""));
        }
    }

    @Override
    public TensorModel open(final ByteBuffer model, final Device wish) throws IOException {
        final OrtEnvironment environment = environment();
        try (var options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setIntraOpNumThreads(Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors()));
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0"); // others have work to do, too
            options.addConfigEntry("optimization.disable_specified_optimizers", WRONG_OPTIMISATION);
            options.setDeterministicCompute(true);
            options.setMemoryPatternOptimization(false); // batches differ in size
            if (usesCuda(wish)) {
                options.addCUDA();
            }
            return new OnnxTensorModel(environment, environment.createSession(model, options));
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime %s does not take it: %s".formatted(environment.getVersion(), Messages.of(e)), e);
        }
    }
}
