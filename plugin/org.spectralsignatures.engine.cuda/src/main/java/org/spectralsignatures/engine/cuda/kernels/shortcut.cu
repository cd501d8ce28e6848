// The shortcut of a residual unit without parameters, added to what is there: the identity, or with stride 2 the averages of 2 x 2 pixels, at an odd edge
// of those that are there; before the shortcut's channels lie (filters - channels) / 2 others.

// y += shortcut(x), with the pixels of y and the sides of x.
template <int V> __device__ __forceinline__ void shortcutOf(const float *__restrict__ x, float *__restrict__ y, Index pixels, int channels, int lanes, int rows,
    int height, int width, int filters, int stride) {
    const Place p = place<V>(pixels, channels, lanes, rows);
    if (!p.active) {
        return;
    }
    const int newHeight = (height + stride - 1) / stride;
    const int newWidth = (width + stride - 1) / stride;
    const int before = (filters - channels) / 2;
    for (Index r = p.first + p.part; r < p.end; r += p.parts) {
        const int left = (int)(r % newWidth) * stride;
        const int top = (int)(r / newWidth % newHeight) * stride;
        const Index image = r / newWidth / newHeight;
        const int right = left + stride < width ? left + stride : width;
        const int bottom = top + stride < height ? top + stride : height;
        Pack<V> sum = {};
        for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
                const Pack<V> values = load<V>(x, ((image * height + row) * width + column) * channels + p.channel);
                for (int k = 0; k < V; k++) {
                    sum.v[k] += values.v[k];
                }
            }
        }
        const float share = 1.0f / ((right - left) * (bottom - top));
        Pack<V> target = load<V>(y, r * filters + before + p.channel);
        for (int k = 0; k < V; k++) {
            target.v[k] += share * sum.v[k];
        }
        store<V>(y, r * filters + before + p.channel, target);
    }
}

#define SHORTCUT(V) \
    extern "C" __global__ void shortcut##V(const float *x, float *y, Index pixels, int channels, int lanes, int rows, int height, int width, int filters, \
        int stride) { \
        shortcutOf<V>(x, y, pixels, channels, lanes, rows, height, width, filters, stride); \
    }

SHORTCUT(1)
SHORTCUT(4)

// dx += the gradient through the shortcut, with the pixels and sides of dx.
template <int V> __device__ __forceinline__ void shortcutGradientOf(const float *__restrict__ dy, float *__restrict__ dx, Index pixels, int channels, int lanes,
    int rows, int height, int width, int filters, int stride) {
    const Place p = place<V>(pixels, channels, lanes, rows);
    if (!p.active) {
        return;
    }
    const int newHeight = (height + stride - 1) / stride;
    const int newWidth = (width + stride - 1) / stride;
    const int before = (filters - channels) / 2;
    for (Index r = p.first + p.part; r < p.end; r += p.parts) {
        const int column = (int)(r % width) / stride;
        const int row = (int)(r / width % height) / stride;
        const Index image = r / width / height;
        const int columns = column * stride + stride < width ? stride : width - column * stride;
        const int lines = row * stride + stride < height ? stride : height - row * stride;
        const float share = 1.0f / (columns * lines);
        const Pack<V> gradients = load<V>(dy, ((image * newHeight + row) * newWidth + column) * filters + before + p.channel);
        Pack<V> target = load<V>(dx, r * channels + p.channel);
        for (int k = 0; k < V; k++) {
            target.v[k] += share * gradients.v[k];
        }
        store<V>(dx, r * channels + p.channel, target);
    }
}

#define SHORTCUT_GRADIENT(V) \
    extern "C" __global__ void shortcutGradient##V(const float *dy, float *dx, Index pixels, int channels, int lanes, int rows, int height, int width, \
        int filters, int stride) { \
        shortcutGradientOf<V>(dy, dx, pixels, channels, lanes, rows, height, width, filters, stride); \
    }

SHORTCUT_GRADIENT(1)
SHORTCUT_GRADIENT(4)

// y += x, value by value; there are count packs of them.
template <int V> __device__ __forceinline__ void addOf(const float *__restrict__ x, float *__restrict__ y, Index count) {
    for (Index i = firstItem(); i < count; i += itemStep()) {
        const Pack<V> more = load<V>(x, i * V);
        Pack<V> target = load<V>(y, i * V);
        for (int k = 0; k < V; k++) {
            target.v[k] += more.v[k];
        }
        store<V>(y, i * V, target);
    }
}

#define ADD(V) \
    extern "C" __global__ void add##V(const float *x, float *y, Index count) { \
        addOf<V>(x, y, count); \
    }

ADD(1)
ADD(4)
