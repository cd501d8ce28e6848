package org.spectralsignatures.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;

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

    @Override
    public String describe() throws IOException {
        final OrtEnvironment environment = environment();
        return "ONNX Runtime %s, %s".formatted(environment.getVersion(), usesCuda() ? "CUDA" : "CPU");
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

    private static boolean usesCuda() {
        return !"false".equals(System.getProperty(CUDA)) && OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    }

    @Override
    public TensorModel open(final ByteBuffer model) throws IOException {
        final OrtEnvironment environment = environment();
        try (var options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setIntraOpNumThreads(Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors()));
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0"); // others have work to do, too
            options.addConfigEntry("optimization.disable_specified_optimizers", WRONG_OPTIMISATION);
            options.setDeterministicCompute(true);
            options.setMemoryPatternOptimization(false); // batches differ in size
            if (usesCuda()) {
                options.addCUDA();
            }
            return new OnnxTensorModel(environment, environment.createSession(model, options));
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime %s does not take it: %s".formatted(environment.getVersion(), Messages.of(e)), e);
        }
    }
}
