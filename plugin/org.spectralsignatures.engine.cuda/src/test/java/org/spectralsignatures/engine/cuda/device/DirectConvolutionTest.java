package org.spectralsignatures.engine.cuda.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.engine.cuda.device.Convolution.Direction;

/** Our own convolutions against those of the emulated device, in double precision. */
class DirectConvolutionTest {

    private static final List<ConvolutionShape> SHAPES = List.of(new ConvolutionShape(2, 5, 7, 3, 4, 3, 1, 1, 1), new ConvolutionShape(3, 9, 8, 1, 2, 7, 2, 3, 2),
        new ConvolutionShape(2, 7, 6, 5, 3, 1, 2, 0, 0), new ConvolutionShape(1, 17, 19, 2, 3, 3, 2, 0, 1), new ConvolutionShape(2, 4, 4, 4, 2, 5, 1, 2, 2));

    private final Random random = new Random(8);

    private static Span filled(final Device device, final float[] values) {
        final HostMemory host = device.host(values.length * Float.BYTES);
        floats(host).put(0, values);
        final Span span = device.allocate((long)values.length * Float.BYTES).all();
        device.upload(host, 0, span, Device.Queue.COMPUTE);
        return span;
    }

    private static FloatBuffer floats(final HostMemory host) {
        return host.buffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private float[] values(final long bytes) {
        final var values = new float[(int)(bytes / Float.BYTES)];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float)random.nextGaussian();
        }
        return values;
    }

    private static float[] result(final Device device, final Operation operation, final Span span) {
        final HostMemory host = device.host((int)span.bytes());
        final Device.Mark mark = device.mark();
        device.run(operation);
        device.download(span, host, 0);
        device.set(mark, Device.Queue.COMPUTE);
        device.await(mark);
        final var values = new float[(int)span.bytes() / Float.BYTES];
        floats(host).get(0, values);
        return values;
    }

    @Test
    void eachDirectionGivesWhatTheDefinitionSays() {
        EmulatedDevice.require();
        for (ConvolutionShape shape : SHAPES) {
            try (Device device = new EmulatedDevice(false)) {
                final Convolution convolution = device.convolution(shape);
                for (Direction direction : Direction.values()) {
                    final Span first = filled(device, values(direction == Direction.INPUT ? shape.resultBytes() : shape.inputBytes()));
                    final Span second = filled(device, values(direction == Direction.KERNELS ? shape.resultBytes() : shape.kernelBytes()));
                    final Span target = device.allocate(switch (direction) {
                        case FORWARD -> shape.resultBytes();
                        case INPUT -> shape.inputBytes();
                        case KERNELS -> shape.kernelBytes();
                    }).all();
                    final long workspace = convolution.workspace(direction);
                    final var operation = new Operation.Convolve(convolution, direction, first, second, target,
                        workspace == 0 ? null : device.allocate(workspace).all());
                    final float[] expected = result(device, operation, target);
                    device.run(new Operation.Clear(target));
                    assertArrayEquals(expected, result(device, DirectConvolution.of(operation), target), 1e-4f, shape + " " + direction);
                }
            }
        }
    }
}
