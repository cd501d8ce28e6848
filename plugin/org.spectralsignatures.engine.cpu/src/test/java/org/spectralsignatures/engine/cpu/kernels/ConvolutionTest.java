package org.spectralsignatures.engine.cpu.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spectralsignatures.engine.cpu.Backend;

/** Both implementations against the definition, summed in double precision. */
class ConvolutionTest {

    private static final List<ConvolutionShape> SHAPES = List.of(new ConvolutionShape(3, 8, 8, 3, 16, 1),
        new ConvolutionShape(2, 6, 10, 16, 16, 1), new ConvolutionShape(21, 8, 8, 16, 32, 2), new ConvolutionShape(2, 4, 4, 64, 64, 1),
        new ConvolutionShape(2, 8, 8, 6, 10, 1), new ConvolutionShape(1, 4, 4, 2, 4, 2),
        new ConvolutionShape(3, 17, 23, 1, 16, 1), new ConvolutionShape(3, 17, 23, 16, 32, 2), new ConvolutionShape(2, 5, 8, 16, 32, 2),
        new ConvolutionShape(1, 1, 3, 16, 16, 2), new ConvolutionShape(3, 33, 40, 3, 16, 7, 2), new ConvolutionShape(2, 31, 29, 1, 8, 7, 2),
        new ConvolutionShape(2, 9, 14, 16, 32, 1, 2), new ConvolutionShape(3, 8, 7, 32, 16, 1, 1), new ConvolutionShape(2, 6, 7, 128, 96, 1));

    /** Of so many kernels oneDNN itself changes the order. */
    private static final ConvolutionShape LARGE = SHAPES.get(SHAPES.size() - 1);

    private static int at(final int i, final int y, final int x, final int c, final int height, final int width, final int channels) {
        return ((i * height + y) * width + x) * channels + c;
    }

    /** Visits every product of the sum: positions in images, kernels and results. */
    private interface Product {
        void visit(int image, int kernel, int result);
    }

    private static void products(final ConvolutionShape s, final Product product) {
        final int side = s.side();
        final int above = Math.max(0, (s.outputHeight() - 1) * s.stride() + side - s.height()) / 2;
        final int left = Math.max(0, (s.outputWidth() - 1) * s.stride() + side - s.width()) / 2;
        for (int i = 0; i < s.images(); i++) {
            for (int y = 0; y < s.outputHeight(); y++) {
                for (int x = 0; x < s.outputWidth(); x++) {
                    for (int ky = 0; ky < side; ky++) {
                        for (int kx = 0; kx < side; kx++) {
                            final int row = y * s.stride() + ky - above;
                            final int column = x * s.stride() + kx - left;
                            if (row >= 0 && row < s.height() && column >= 0 && column < s.width()) {
                                for (int f = 0; f < s.filters(); f++) {
                                    for (int c = 0; c < s.channels(); c++) {
                                        product.visit(at(i, row, column, c, s.height(), s.width(), s.channels()),
                                            ((f * s.channels() + c) * side + ky) * side + kx,
                                            at(i, y, x, f, s.outputHeight(), s.outputWidth(), s.filters()));
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static void check(final Convolution convolution, final ConvolutionShape s) {
        final String what = convolution.describe() + " " + s;
        final float[] images = Arrays4.random(1, s.images() * s.height() * s.width() * s.channels());
        final float[] kernels = Arrays4.random(2, s.filters() * s.channels() * s.side() * s.side());
        final float[] gradient = Arrays4.random(3, s.images() * s.outputHeight() * s.outputWidth() * s.filters());
        final var result = new double[gradient.length];
        final var byImages = new double[images.length];
        final var byKernels = new double[kernels.length];
        products(s, (image, kernel, at) -> {
            result[at] += (double)images[image] * kernels[kernel];
            byImages[image] += (double)gradient[at] * kernels[kernel];
            byKernels[kernel] += (double)gradient[at] * images[image];
        });
        final INDArray x = Arrays4.array(images, s.images(), s.height(), s.width(), s.channels());
        final INDArray w = Arrays4.array(kernels, s.filters(), s.channels(), s.side(), s.side());
        final INDArray dy = Arrays4.array(gradient, s.images(), s.outputHeight(), s.outputWidth(), s.filters());
        final INDArray y = Arrays4.empty(dy.shape());
        final var lanes = new Lanes(s.images());
        convolution.weights(w);
        lanes.run(lane -> convolution.forward(lane, x, y, false));
        Arrays4.assertClose(result, Arrays4.values(y), 1e-5, what + " forward");
        lanes.run(lane -> convolution.forward(lane, x, y, true));
        for (int k = 0; k < result.length; k++) {
            result[k] *= 2;
        }
        Arrays4.assertClose(result, Arrays4.values(y), 1e-5, what + " added");
        final INDArray dx = Arrays4.empty(x.shape());
        final INDArray dw = Arrays4.empty(w.shape());
        convolution.backwardWeights(w);
        lanes.run(lane -> convolution.backward(lane, x, dy, dx));
        convolution.gradient(x, dy, dw);
        Arrays4.assertClose(byImages, Arrays4.values(dx), 1e-5, what + " by images");
        Arrays4.assertClose(byKernels, Arrays4.values(dw), 1e-5, what + " by kernels");
        dw.assign(0);
        lanes.run(lane -> convolution.backward(lane, x, dy, null));
        convolution.gradient(x, dy, dw);
        Arrays4.assertClose(byKernels, Arrays4.values(dw), 1e-5, what + " by kernels alone");
    }

    @Test
    void oneDnnAgreesWithTheDefinition() {
        try (var scope = Backend.enter()) {
            for (ConvolutionShape shape : SHAPES) {
                check(new Convolutions().of(shape), shape);
            }
            assertInstanceOf(OneDnnConvolution.class, new Convolutions().of(SHAPES.get(1)));
            assertInstanceOf(OneDnnConvolution.class, new Convolutions().of(SHAPES.get(2)));
            assertInstanceOf(OneDnnConvolution.class, new Convolutions().of(LARGE));
        }
    }

    @Test
    void nd4jAgreesWithTheDefinition() {
        try (var scope = Backend.enter()) {
            for (ConvolutionShape shape : SHAPES) {
                check(new Nd4jConvolution(shape), shape);
            }
        }
    }

    @Test
    void impossibleShapesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ConvolutionShape(1, 8, 8, 3, 4, 3));
        assertThrows(IllegalArgumentException.class, () -> new ConvolutionShape(1, 8, 8, 3, 4, 2, 1));
        assertEquals(4, new ConvolutionShape(1, 7, 8, 3, 4, 2).outputHeight());
        assertEquals(4, new ConvolutionShape(2, 8, 6, 3, 8, 2).outputHeight());
        assertEquals(3, new ConvolutionShape(2, 8, 6, 3, 8, 2).outputWidth());
    }
}
