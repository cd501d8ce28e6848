// Batch normalisation and leaky rectifier: y = max(z, leak * z), z = (x - mean) * factor + beta, factor = gamma / sqrt(variance + eps), channel by channel.
// "moments" are mean, 1 / sqrt(variance + eps) and factor, [3, c]. Each block sums its rows up for itself (partial: [blocks, 2, c], in double precision),
// another kernel adds the blocks in order.

// Mean of each block's rows and the sum of squared deviations from it; values are shifted by the block's first, against cancellation.
template <int V> __device__ __forceinline__ void normSumsOf(const float *__restrict__ x, double *__restrict__ partial, Index pixels, int channels, int lanes,
    int rows) {
    __shared__ double sums[THREADS * 2 * V];
    const Place p = place<V>(pixels, channels, lanes, rows);
    Pack<V> origin = {};
    Pack<V> sum = {};
    Pack<V> square = {};
    if (p.active) {
        origin = load<V>(x, p.first * channels + p.channel);
        for (Index r = p.first + p.part; r < p.end; r += p.parts) {
            const Pack<V> values = load<V>(x, r * channels + p.channel);
            for (int k = 0; k < V; k++) {
                const float a = values.v[k] - origin.v[k];
                sum.v[k] += a;
                square.v[k] += a * a;
            }
        }
    }
    for (int k = 0; k < V; k++) {
        sums[k * THREADS + threadIdx.x] = sum.v[k];
        sums[(V + k) * THREADS + threadIdx.x] = square.v[k];
    }
    fold<2 * V>(sums, lanes, p.parts);
    if (p.active && p.part == 0) {
        double *target = partial + (Index)blockIdx.x * 2 * channels + p.channel;
        for (int k = 0; k < V; k++) {
            const double total = sums[k * THREADS + threadIdx.x];
            const double centre = total / (double)(p.end - p.first);
            target[k] = origin.v[k] + centre;
            target[channels + k] = sums[(V + k) * THREADS + threadIdx.x] - total * centre;
        }
    }
}

#define NORM_SUMS(V) \
    extern "C" __global__ void normSums##V(const float *x, double *partial, Index pixels, int channels, int lanes, int rows) { \
        normSumsOf<V>(x, partial, pixels, channels, lanes, rows); \
    }

NORM_SUMS(1)
NORM_SUMS(4)

// What 32 channels a block take from the partial sums, 8 threads a channel.
#define FINISH_LANES 32

// Moments of the batch from those of the blocks (Chan, Golub and LeVeque 1979), and the running moments after them.
extern "C" __global__ void normMoments(const double *partial, const float *gamma, float *runningMean, float *runningVariance, float *moments, Index pixels,
    int channels, int rows, int blocks, float eps, float rest) {
    __shared__ double sums[THREADS];
    const int channel = blockIdx.x * FINISH_LANES + threadIdx.x % FINISH_LANES;
    const int part = threadIdx.x / FINISH_LANES;
    const int parts = THREADS / FINISH_LANES;
    double sum = 0;
    for (int b = part; b < blocks && channel < channels; b += parts) {
        const Index n = b < blocks - 1 ? rows : pixels - (Index)b * rows;
        sum += n * partial[(Index)b * 2 * channels + channel];
    }
    sums[threadIdx.x] = sum;
    fold<1>(sums, FINISH_LANES, parts);
    const double mean = sums[threadIdx.x % FINISH_LANES] / pixels;
    __syncthreads();
    sum = 0;
    for (int b = part; b < blocks && channel < channels; b += parts) {
        const Index n = b < blocks - 1 ? rows : pixels - (Index)b * rows;
        const double difference = partial[(Index)b * 2 * channels + channel] - mean;
        sum += partial[((Index)b * 2 + 1) * channels + channel] + n * difference * difference;
    }
    sums[threadIdx.x] = sum;
    fold<1>(sums, FINISH_LANES, parts);
    if (part == 0 && channel < channels) {
        const double squares = sums[threadIdx.x] / pixels;
        const float variance = squares < 0 ? 0.0f : (float)squares; // keeps what is no number
        const float inverse = (float)(1 / sqrt((double)variance + eps));
        moments[channel] = (float)mean;
        moments[channels + channel] = inverse;
        moments[2 * channels + channel] = gamma[channel] * inverse;
        runningMean[channel] -= rest * (runningMean[channel] - (float)mean);
        runningVariance[channel] -= rest * (runningVariance[channel] - variance);
    }
}

// The moments of a network that is not in training.
extern "C" __global__ void normRunning(const float *gamma, const float *runningMean, const float *runningVariance, float *moments, int channels, float eps) {
    for (Index c = firstItem(); c < channels; c += itemStep()) {
        const float inverse = (float)(1 / sqrt((double)runningVariance[c] + eps));
        moments[c] = runningMean[c];
        moments[channels + c] = inverse;
        moments[2 * channels + c] = gamma[c] * inverse;
    }
}

template <int V> __device__ __forceinline__ void normApplyOf(const float *__restrict__ x, const float *__restrict__ moments, const float *__restrict__ beta,
    float *__restrict__ y, Index pixels, int channels, int lanes, int rows, float leak) {
    const Place p = place<V>(pixels, channels, lanes, rows);
    if (!p.active) {
        return;
    }
    const Pack<V> mean = load<V>(moments, p.channel);
    Pack<V> factor;
    Pack<V> shift;
    for (int k = 0; k < V; k++) {
        factor.v[k] = moments[2 * channels + p.channel + k];
        shift.v[k] = beta[p.channel + k];
    }
    for (Index r = p.first + p.part; r < p.end; r += p.parts) {
        Pack<V> values = load<V>(x, r * channels + p.channel);
        for (int k = 0; k < V; k++) {
            const float z = (values.v[k] - mean.v[k]) * factor.v[k] + shift.v[k];
            values.v[k] = z < 0 ? leak * z : z;
        }
        store<V>(y, r * channels + p.channel, values);
    }
}

#define NORM_APPLY(V) \
    extern "C" __global__ void normApply##V(const float *x, const float *moments, const float *beta, float *y, Index pixels, int channels, int lanes, int rows, \
        float leak) { \
        normApplyOf<V>(x, moments, beta, y, pixels, channels, lanes, rows, leak); \
    }

NORM_APPLY(1)
NORM_APPLY(4)

// Sums of g and of g * (x - mean), where g = dy * (z < 0 ? leak : 1).
template <int V> __device__ __forceinline__ void normGradientSumsOf(const float *__restrict__ x, const float *__restrict__ dy, const float *__restrict__ moments,
    const float *__restrict__ beta, double *__restrict__ partial, Index pixels, int channels, int lanes, int rows, float leak) {
    __shared__ double sums[THREADS * 2 * V];
    const Place p = place<V>(pixels, channels, lanes, rows);
    Pack<V> sum = {};
    Pack<V> weighted = {};
    if (p.active) {
        Pack<V> mean;
        Pack<V> factor;
        Pack<V> shift;
        for (int k = 0; k < V; k++) {
            mean.v[k] = moments[p.channel + k];
            factor.v[k] = moments[2 * channels + p.channel + k];
            shift.v[k] = beta[p.channel + k];
        }
        for (Index r = p.first + p.part; r < p.end; r += p.parts) {
            const Pack<V> values = load<V>(x, r * channels + p.channel);
            const Pack<V> gradients = load<V>(dy, r * channels + p.channel);
            for (int k = 0; k < V; k++) {
                const float centred = values.v[k] - mean.v[k];
                const float z = centred * factor.v[k] + shift.v[k];
                const float g = z < 0 ? leak * gradients.v[k] : gradients.v[k];
                sum.v[k] += g;
                weighted.v[k] += g * centred;
            }
        }
    }
    for (int k = 0; k < V; k++) {
        sums[k * THREADS + threadIdx.x] = sum.v[k];
        sums[(V + k) * THREADS + threadIdx.x] = weighted.v[k];
    }
    fold<2 * V>(sums, lanes, p.parts);
    if (p.active && p.part == 0) {
        double *target = partial + (Index)blockIdx.x * 2 * channels + p.channel;
        for (int k = 0; k < V; k++) {
            target[k] = sums[k * THREADS + threadIdx.x];
            target[channels + k] = sums[(V + k) * THREADS + threadIdx.x];
        }
    }
}

#define NORM_GRADIENT_SUMS(V) \
    extern "C" __global__ void normGradientSums##V(const float *x, const float *dy, const float *moments, const float *beta, double *partial, Index pixels, \
        int channels, int lanes, int rows, float leak) { \
        normGradientSumsOf<V>(x, dy, moments, beta, partial, pixels, channels, lanes, rows, leak); \
    }

NORM_GRADIENT_SUMS(1)
NORM_GRADIENT_SUMS(4)

// dbeta = sum g, dgamma = sum g * xhat; and of dx = g * factor + (x - mean) * slope + constant the slope and the constant, [2, c].
extern "C" __global__ void normGradientTotals(const double *partial, const float *moments, float *dgamma, float *dbeta, float *slopes, Index pixels, int channels,
    int blocks) {
    __shared__ double sums[THREADS * 2];
    const int channel = blockIdx.x * FINISH_LANES + threadIdx.x % FINISH_LANES;
    const int part = threadIdx.x / FINISH_LANES;
    const int parts = THREADS / FINISH_LANES;
    double sum = 0;
    double weighted = 0;
    for (int b = part; b < blocks && channel < channels; b += parts) {
        sum += partial[(Index)b * 2 * channels + channel];
        weighted += partial[((Index)b * 2 + 1) * channels + channel];
    }
    sums[threadIdx.x] = sum;
    sums[THREADS + threadIdx.x] = weighted;
    fold<2>(sums, FINISH_LANES, parts);
    if (part == 0 && channel < channels) {
        const double inverse = moments[channels + channel];
        const double factor = moments[2 * channels + channel];
        dbeta[channel] = (float)sums[threadIdx.x];
        dgamma[channel] = (float)(sums[THREADS + threadIdx.x] * inverse);
        slopes[channel] = (float)(-factor * sums[THREADS + threadIdx.x] * inverse * inverse / pixels);
        slopes[channels + channel] = (float)(-factor * sums[threadIdx.x] / pixels);
    }
}

// dx = g * factor + (x - mean) * slope + constant + added, where there may be nothing added.
template <int V> __device__ __forceinline__ void normGradientOf(const float *__restrict__ x, const float *__restrict__ dy, const float *__restrict__ moments,
    const float *__restrict__ beta, const float *__restrict__ slopes, const float *__restrict__ added, float *__restrict__ dx, Index pixels, int channels,
    int lanes, int rows, float leak) {
    const Place p = place<V>(pixels, channels, lanes, rows);
    if (!p.active) {
        return;
    }
    Pack<V> mean;
    Pack<V> factor;
    Pack<V> shift;
    Pack<V> slope;
    Pack<V> constant;
    for (int k = 0; k < V; k++) {
        mean.v[k] = moments[p.channel + k];
        factor.v[k] = moments[2 * channels + p.channel + k];
        shift.v[k] = beta[p.channel + k];
        slope.v[k] = slopes[p.channel + k];
        constant.v[k] = slopes[channels + p.channel + k];
    }
    for (Index r = p.first + p.part; r < p.end; r += p.parts) {
        const Pack<V> values = load<V>(x, r * channels + p.channel);
        Pack<V> gradients = load<V>(dy, r * channels + p.channel);
        for (int k = 0; k < V; k++) {
            const float centred = values.v[k] - mean.v[k];
            const float z = centred * factor.v[k] + shift.v[k];
            const float g = z < 0 ? leak * gradients.v[k] : gradients.v[k];
            gradients.v[k] = g * factor.v[k] + centred * slope.v[k] + constant.v[k];
        }
        if (added) {
            const Pack<V> more = load<V>(added, r * channels + p.channel);
            for (int k = 0; k < V; k++) {
                gradients.v[k] += more.v[k];
            }
        }
        store<V>(dx, r * channels + p.channel, gradients);
    }
}

#define NORM_GRADIENT(V) \
    extern "C" __global__ void normGradient##V(const float *x, const float *dy, const float *moments, const float *beta, const float *slopes, \
        const float *added, float *dx, Index pixels, int channels, int lanes, int rows, float leak) { \
        normGradientOf<V>(x, dy, moments, beta, slopes, added, dx, pixels, channels, lanes, rows, leak); \
    }

NORM_GRADIENT(1)
NORM_GRADIENT(4)
