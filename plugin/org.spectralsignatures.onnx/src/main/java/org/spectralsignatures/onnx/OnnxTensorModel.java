package org.spectralsignatures.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Map;

import org.spectralsignatures.engine.TensorModel;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.platform.Fp16Conversions;

/** A model that ONNX Runtime has opened. */
final class OnnxTensorModel implements TensorModel {

    private final OrtEnvironment environment;

    private final OrtSession session;

    /** What a run is stopped by; null while nothing runs. */
    private OrtSession.RunOptions running;

    private boolean stopped;

    OnnxTensorModel(final OrtEnvironment environment, final OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    @Override
    public void run(final FloatBuffer input, final long[] shape, final Results results) {
        try (var run = new OrtSession.RunOptions()) {
            begin(run);
            try {
                compute(input, shape, run, results);
            } finally {
                end();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot compute it: " + Messages.of(e), e);
        }
    }

    private void compute(final FloatBuffer input, final long[] shape, final OrtSession.RunOptions run, final Results results) throws OrtException {
        final var info = session.getInputInfo().entrySet().iterator().next();
        final OnnxJavaType type = ((TensorInfo)info.getValue().getInfo()).type;
        try (OnnxTensor images = tensor(input, shape, type, info.getKey()); OrtSession.Result result = session.run(Map.of(info.getKey(), images), run)) {
            for (Map.Entry<String, OnnxValue> output : result) {
                if (output.getValue() instanceof OnnxTensor tensor && isReal(tensor.getInfo().type)) {
                    results.take(output.getKey(), tensor.getInfo().getShape(), floats(tensor));
                }
            }
        }
    }

    private synchronized void begin(final OrtSession.RunOptions run) throws OrtException {
        running = run;
        if (stopped) {
            run.setTerminate(true);
        }
    }

    private synchronized void end() {
        running = null;
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        try {
            if (running != null) {
                running.setTerminate(true);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot stop a model: " + Messages.of(e), e);
        }
    }

    private OnnxTensor tensor(final FloatBuffer input, final long[] shape, final OnnxJavaType type, final String name) throws OrtException {
        return switch (type) {
            case FLOAT -> OnnxTensor.createTensor(environment, input, shape);
            case FLOAT16, BFLOAT16 -> {
                final ShortBuffer halves = direct(input.remaining(), Short.BYTES).asShortBuffer();
                for (int i = input.position(); i < input.limit(); i++) {
                    halves.put(type == OnnxJavaType.FLOAT16 ? Fp16Conversions.floatToFp16(input.get(i)) : Fp16Conversions.floatToBf16(input.get(i)));
                }
                yield OnnxTensor.createTensor(environment, halves.rewind(), shape, type);
            }
            case DOUBLE -> {
                final DoubleBuffer doubles = direct(input.remaining(), Double.BYTES).asDoubleBuffer();
                for (int i = input.position(); i < input.limit(); i++) {
                    doubles.put(input.get(i));
                }
                yield OnnxTensor.createTensor(environment, doubles.rewind(), shape);
            }
            case UINT8 -> {
                final ByteBuffer bytes = direct(input.remaining(), 1);
                for (int i = input.position(); i < input.limit(); i++) {
                    bytes.put((byte)Math.max(0, Math.min(255, Math.round(input.get(i)))));
                }
                yield OnnxTensor.createTensor(environment, bytes.rewind(), shape, type);
            }
            default -> throw new IllegalStateException("Its input '%s' takes numbers of type %s, but images are given to networks as float16, 32, 64 or uint8."
                .formatted(name, type));
        };
    }

    private static ByteBuffer direct(final int values, final int bytes) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(values, bytes)).order(ByteOrder.nativeOrder());
    }

    private static boolean isReal(final OnnxJavaType type) {
        return type == OnnxJavaType.FLOAT || type == OnnxJavaType.FLOAT16 || type == OnnxJavaType.BFLOAT16 || type == OnnxJavaType.DOUBLE;
    }

    private static FloatBuffer floats(final OnnxTensor tensor) {
        if (tensor.getInfo().type != OnnxJavaType.DOUBLE) {
            return tensor.getFloatBuffer();
        }
        final DoubleBuffer doubles = tensor.getDoubleBuffer();
        final FloatBuffer floats = FloatBuffer.allocate(doubles.remaining());
        while (doubles.hasRemaining()) {
            floats.put((float)doubles.get());
        }
        return floats.rewind();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close a model: " + Messages.of(e), e);
        }
    }
}
