// Images: from bytes in planes to standardised values, and other edges for convolutions that pad one side more than the other.

// Mean and 1 / deviation of each image (TensorFlow's per_image_standardization), one block an image; and the labels go where the training looks for them.
extern "C" __global__ void imageMoments(const unsigned char *bytes, const int *labels, float *moments, int *target, int size) {
    __shared__ unsigned long long sums[THREADS];
    __shared__ unsigned long long squares[THREADS];
    const unsigned char *image = bytes + (Index)blockIdx.x * size;
    unsigned long long sum = 0;
    unsigned long long square = 0;
    for (int k = threadIdx.x; k < size; k += THREADS) {
        const unsigned int value = image[k];
        sum += value;
        square += value * value;
    }
    sums[threadIdx.x] = sum;
    squares[threadIdx.x] = square;
    for (int half = THREADS / 2; half > 0; half /= 2) {
        __syncthreads();
        if ((int)threadIdx.x < half) {
            sums[threadIdx.x] += sums[threadIdx.x + half];
            squares[threadIdx.x] += squares[threadIdx.x + half];
        }
    }
    if (threadIdx.x == 0) {
        const double mean = (double)sums[0] / size;
        const double variance = (double)squares[0] / size - mean * mean;
        const double deviation = sqrt(variance > 0 ? variance : 0);
        const double least = 1 / sqrt((double)size);
        moments[2 * blockIdx.x] = (float)mean;
        moments[2 * blockIdx.x + 1] = (float)(1 / (deviation > least ? deviation : least));
        target[blockIdx.x] = labels[blockIdx.x];
    }
}

extern "C" __global__ void images(const unsigned char *__restrict__ bytes, const float *__restrict__ moments, float *__restrict__ y, Index pixels, int plane,
    int channels) {
    for (Index r = firstItem(); r < pixels; r += itemStep()) {
        const Index image = r / plane;
        const unsigned char *from = bytes + image * plane * channels + r % plane;
        const float mean = moments[2 * image];
        const float scale = moments[2 * image + 1];
        for (int c = 0; c < channels; c++) {
            y[r * channels + c] = (from[(Index)c * plane] - mean) * scale;
        }
    }
}

// The upper left part of each image, or the image with zeros below and on the right.
template <int V> __device__ __forceinline__ void resizeOf(const float *__restrict__ x, float *__restrict__ y, Index pixels, int channels, int lanes, int rows,
    int height, int width, int newHeight, int newWidth) {
    const Place p = place<V>(pixels, channels, lanes, rows);
    if (!p.active) {
        return;
    }
    for (Index r = p.first + p.part; r < p.end; r += p.parts) {
        const int column = (int)(r % newWidth);
        const int row = (int)(r / newWidth % newHeight);
        Pack<V> values = {};
        if (row < height && column < width) {
            values = load<V>(x, ((r / newWidth / newHeight * height + row) * width + column) * channels + p.channel);
        }
        store<V>(y, r * channels + p.channel, values);
    }
}

#define RESIZE(V) \
    extern "C" __global__ void resize##V(const float *x, float *y, Index pixels, int channels, int lanes, int rows, int height, int width, int newHeight, \
        int newWidth) { \
        resizeOf<V>(x, y, pixels, channels, lanes, rows, height, width, newHeight, newWidth); \
    }

RESIZE(1)
RESIZE(4)
