// Convolutions by their definition, for sizes that cuDNN has no deterministic algorithm for; slow, but right. Kernels are [filters, side, side, channels],
// "pixels" those of the result.

// y[i, f] = sum of x[stride * i + k - before, c] * w[f, k, c]
extern "C" __global__ void convolve(const float *__restrict__ x, const float *__restrict__ w, float *__restrict__ y, Index pixels, int height, int width,
    int channels, int filters, int side, int stride, int above, int left, int newHeight, int newWidth) {
    for (Index e = firstItem(); e < pixels * filters; e += itemStep()) {
        const int f = (int)(e % filters);
        const Index r = e / filters;
        const int column = (int)(r % newWidth) * stride - left;
        const int row = (int)(r / newWidth % newHeight) * stride - above;
        const Index image = r / newWidth / newHeight;
        float sum = 0;
        for (int k = 0; k < side * side; k++) {
            const int i = row + k / side;
            const int j = column + k % side;
            if (i >= 0 && i < height && j >= 0 && j < width) {
                const float *from = x + ((image * height + i) * width + j) * channels;
                const float *by = w + ((Index)f * side * side + k) * channels;
                for (int c = 0; c < channels; c++) {
                    sum += from[c] * by[c];
                }
            }
        }
        y[e] = sum;
    }
}

// dx[i, c] = sum of dy[(i + before - k) / stride, f] * w[f, k, c], where that is a pixel of the result
extern "C" __global__ void convolveInput(const float *__restrict__ dy, const float *__restrict__ w, float *__restrict__ dx, Index pixels, int height, int width,
    int channels, int filters, int side, int stride, int above, int left, int newHeight, int newWidth) {
    const Index count = pixels / newWidth / newHeight * height * width * channels;
    for (Index e = firstItem(); e < count; e += itemStep()) {
        const int c = (int)(e % channels);
        const Index r = e / channels;
        const int column = (int)(r % width) + left;
        const int row = (int)(r / width % height) + above;
        const Index image = r / width / height;
        float sum = 0;
        for (int k = 0; k < side * side; k++) {
            const int i = row - k / side;
            const int j = column - k % side;
            if (i >= 0 && j >= 0 && i % stride == 0 && j % stride == 0 && i / stride < newHeight && j / stride < newWidth) {
                const float *from = dy + ((image * newHeight + i / stride) * newWidth + j / stride) * filters;
                for (int f = 0; f < filters; f++) {
                    sum += from[f] * w[((Index)f * side * side + k) * channels + c];
                }
            }
        }
        dx[e] = sum;
    }
}

// dw[f, k, c] = sum over all pixels of x[stride * i + k - before, c] * dy[i, f], one block a value
extern "C" __global__ void convolveKernels(const float *__restrict__ x, const float *__restrict__ dy, float *__restrict__ dw, Index pixels, int height, int width,
    int channels, int filters, int side, int stride, int above, int left, int newHeight, int newWidth) {
    __shared__ double sums[THREADS];
    const int c = blockIdx.x % channels;
    const int k = blockIdx.x / channels % (side * side);
    const int f = blockIdx.x / channels / (side * side);
    double sum = 0;
    for (Index r = threadIdx.x; r < pixels; r += THREADS) {
        const int i = (int)(r / newWidth % newHeight) * stride - above + k / side;
        const int j = (int)(r % newWidth) * stride - left + k % side;
        if (i >= 0 && i < height && j >= 0 && j < width) {
            sum += (double)x[((r / newWidth / newHeight * height + i) * width + j) * channels + c] * dy[r * filters + f];
        }
    }
    sums[threadIdx.x] = sum;
    fold<1>(sums, 1, THREADS);
    if (threadIdx.x == 0) {
        dw[blockIdx.x] = (float)sums[0];
    }
}
