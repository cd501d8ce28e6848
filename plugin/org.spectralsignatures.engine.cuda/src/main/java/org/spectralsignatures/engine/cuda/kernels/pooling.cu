// Maxima over windows of stride 2, and averages over whole images.

// The largest of side x side values from (2 * row - top, 2 * column - left) on, of those within the image, and which one it was; of equal ones the first.
template <int V> __device__ __forceinline__ void maxPoolOf(const float *__restrict__ x, float *__restrict__ y, unsigned char *__restrict__ which, Index pixels,
    int channels, int lanes, int rows, int height, int width, int newHeight, int newWidth, int side, int top, int left) {
    const Place p = place<V>(pixels, channels, lanes, rows);
    if (!p.active) {
        return;
    }
    for (Index r = p.first + p.part; r < p.end; r += p.parts) {
        const int column = (int)(r % newWidth) * 2 - left;
        const int row = (int)(r / newWidth % newHeight) * 2 - top;
        const Index image = r / newWidth / newHeight;
        Pack<V> best;
        Bytes<V> place;
        for (int k = 0; k < V; k++) {
            best.v[k] = 0;
            place.v[k] = 255;
        }
        for (int at = 0; at < side * side; at++) {
            const int i = row + at / side;
            const int j = column + at % side;
            if (i >= 0 && i < height && j >= 0 && j < width) {
                const Pack<V> values = load<V>(x, ((image * height + i) * width + j) * channels + p.channel);
                for (int k = 0; k < V; k++) {
                    if (place.v[k] == 255 || values.v[k] > best.v[k] || values.v[k] != values.v[k]) {
                        best.v[k] = values.v[k];
                        place.v[k] = (unsigned char)at;
                    }
                }
            }
        }
        store<V>(y, r * channels + p.channel, best);
        if (which) {
            *reinterpret_cast<Bytes<V> *>(which + r * channels + p.channel) = place;
        }
    }
}

#define MAX_POOL(V) \
    extern "C" __global__ void maxPool##V(const float *x, float *y, unsigned char *which, Index pixels, int channels, int lanes, int rows, int height, int width, \
        int newHeight, int newWidth, int side, int top, int left) { \
        maxPoolOf<V>(x, y, which, pixels, channels, lanes, rows, height, width, newHeight, newWidth, side, top, left); \
    }

MAX_POOL(1)
MAX_POOL(4)

// The gradient by each value: that of all windows of which it was the largest. Pixels and sides are those of dx.
template <int V> __device__ __forceinline__ void maxPoolGradientOf(const float *__restrict__ dy, const unsigned char *__restrict__ which,
    float *__restrict__ dx, Index pixels, int channels, int lanes, int rows, int height, int width, int newHeight, int newWidth, int side, int top, int left) {
    const Place p = place<V>(pixels, channels, lanes, rows);
    if (!p.active) {
        return;
    }
    for (Index r = p.first + p.part; r < p.end; r += p.parts) {
        const int column = (int)(r % width) + left;
        const int row = (int)(r / width % height) + top;
        const Index image = r / width / height;
        Pack<V> sum = {};
        for (int i = row / 2; i >= 0 && row - 2 * i < side; i--) {
            for (int j = column / 2; j >= 0 && column - 2 * j < side; j--) {
                if (i < newHeight && j < newWidth) {
                    const Index at = ((image * newHeight + i) * newWidth + j) * channels + p.channel;
                    const Bytes<V> place = *reinterpret_cast<const Bytes<V> *>(which + at);
                    const Pack<V> gradients = load<V>(dy, at);
                    const int mine = (row - 2 * i) * side + column - 2 * j;
                    for (int k = 0; k < V; k++) {
                        sum.v[k] += place.v[k] == mine ? gradients.v[k] : 0.0f;
                    }
                }
            }
        }
        store<V>(dx, r * channels + p.channel, sum);
    }
}

#define MAX_POOL_GRADIENT(V) \
    extern "C" __global__ void maxPoolGradient##V(const float *dy, const unsigned char *which, float *dx, Index pixels, int channels, int lanes, int rows, \
        int height, int width, int newHeight, int newWidth, int side, int top, int left) { \
        maxPoolGradientOf<V>(dy, which, dx, pixels, channels, lanes, rows, height, width, newHeight, newWidth, side, top, left); \
    }

MAX_POOL_GRADIENT(1)
MAX_POOL_GRADIENT(4)

// The mean of each channel over an image; there are count packs of them.
template <int V> __device__ __forceinline__ void averageOf(const float *__restrict__ x, float *__restrict__ y, Index count, int channels, int plane) {
    const int lanes = channels / V;
    for (Index i = firstItem(); i < count; i += itemStep()) {
        const float *from = x + i / lanes * plane * channels + i % lanes * V;
        double sum[V] = {};
        for (int q = 0; q < plane; q++) {
            const Pack<V> values = load<V>(from, (Index)q * channels);
            for (int k = 0; k < V; k++) {
                sum[k] += values.v[k];
            }
        }
        Pack<V> means;
        for (int k = 0; k < V; k++) {
            means.v[k] = (float)(sum[k] / plane);
        }
        store<V>(y, i * V, means);
    }
}

#define AVERAGE(V) \
    extern "C" __global__ void average##V(const float *x, float *y, Index count, int channels, int plane) { \
        averageOf<V>(x, y, count, channels, plane); \
    }

AVERAGE(1)
AVERAGE(4)

template <int V> __device__ __forceinline__ void averageGradientOf(const float *__restrict__ dy, float *__restrict__ dx, Index pixels, int channels, int lanes,
    int rows, int plane) {
    const Place p = place<V>(pixels, channels, lanes, rows);
    if (!p.active) {
        return;
    }
    const float share = 1.0f / plane;
    for (Index r = p.first + p.part; r < p.end; r += p.parts) {
        Pack<V> gradients = load<V>(dy, r / plane * channels + p.channel);
        for (int k = 0; k < V; k++) {
            gradients.v[k] *= share;
        }
        store<V>(dx, r * channels + p.channel, gradients);
    }
}

#define AVERAGE_GRADIENT(V) \
    extern "C" __global__ void averageGradient##V(const float *dy, float *dx, Index pixels, int channels, int lanes, int rows, int plane) { \
        averageGradientOf<V>(dy, dx, pixels, channels, lanes, rows, plane); \
    }

AVERAGE_GRADIENT(1)
AVERAGE_GRADIENT(4)
