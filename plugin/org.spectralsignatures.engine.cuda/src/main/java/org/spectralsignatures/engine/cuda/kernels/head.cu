// The dense layer at the end, softmax, loss, and the step that changes the parameters. Weights are [classes, channels].

// A product or an image is the work of WARP threads; their sums are folded in a fixed order.
#define WARP 32

// logits[i, f] = bias[f] + sum over c of x[i, c] * weights[f, c]
extern "C" __global__ void dense(const float *x, const float *weights, const float *bias, float *logits, int images, int channels, int classes) {
    __shared__ double sums[THREADS];
    const int lane = threadIdx.x % WARP;
    const Index item = (Index)blockIdx.x * (THREADS / WARP) + threadIdx.x / WARP;
    const bool active = item < (Index)images * classes;
    double sum = 0;
    if (active) {
        const float *a = x + item / classes * channels;
        const float *b = weights + item % classes * channels;
        for (int c = lane; c < channels; c += WARP) {
            sum += (double)a[c] * b[c];
        }
    }
    sums[threadIdx.x] = sum;
    for (int half = WARP / 2; half > 0; half /= 2) {
        __syncthreads();
        if (lane < half) {
            sums[threadIdx.x] += sums[threadIdx.x + half];
        }
    }
    if (active && lane == 0) {
        logits[item] = (float)(sums[threadIdx.x] + bias[item % classes]);
    }
}

// What the threads of one image know of its logits: the largest, where it is (the first of equal ones), and the sum of the exponentials.
struct Logits {
    float largest;
    int best;
    double sum;
};

__device__ __forceinline__ Logits lookAt(const float *logits, int classes, bool active, float *values, int *places, double *sums) {
    const int lane = threadIdx.x % WARP;
    const int first = threadIdx.x - lane;
    float largest = 0;
    int best = -1;
    for (int f = lane; f < classes && active; f += WARP) {
        if (best < 0 || logits[f] > largest || logits[f] != logits[f]) {
            largest = logits[f];
            best = f;
        }
    }
    values[threadIdx.x] = largest;
    places[threadIdx.x] = best;
    for (int half = WARP / 2; half > 0; half /= 2) {
        __syncthreads();
        if (lane < half) {
            const float a = values[threadIdx.x];
            const float b = values[threadIdx.x + half];
            const int place = places[threadIdx.x + half];
            if (place >= 0 && (places[threadIdx.x] < 0 || b > a || b != b || b == a && place < places[threadIdx.x])) {
                values[threadIdx.x] = b;
                places[threadIdx.x] = place;
            }
        }
    }
    __syncthreads();
    Logits result;
    result.largest = values[first];
    result.best = places[first];
    double sum = 0;
    for (int f = lane; f < classes && active; f += WARP) {
        sum += exp((double)(logits[f] - result.largest));
    }
    sums[threadIdx.x] = sum;
    for (int half = WARP / 2; half > 0; half /= 2) {
        __syncthreads();
        if (lane < half) {
            sums[threadIdx.x] += sums[threadIdx.x + half];
        }
    }
    __syncthreads();
    result.sum = sums[first];
    return result;
}

extern "C" __global__ void softmax(const float *logits, float *probabilities, int images, int classes) {
    __shared__ float values[THREADS];
    __shared__ int places[THREADS];
    __shared__ double sums[THREADS];
    const Index image = (Index)blockIdx.x * (THREADS / WARP) + threadIdx.x / WARP;
    const bool active = image < images;
    const float *mine = logits + (active ? image : 0) * classes;
    const Logits seen = lookAt(mine, classes, active, values, places, sums);
    for (int f = threadIdx.x % WARP; f < classes && active; f += WARP) {
        probabilities[image * classes + f] = (float)(exp((double)(mine[f] - seen.largest)) / seen.sum);
    }
}

// Cross-entropy of each image in nats, whether it was classified correctly, and the gradient of their mean by the logits.
extern "C" __global__ void loss(const float *logits, const int *labels, float *gradient, double *losses, int *correct, int images, int classes) {
    __shared__ float values[THREADS];
    __shared__ int places[THREADS];
    __shared__ double sums[THREADS];
    const Index image = (Index)blockIdx.x * (THREADS / WARP) + threadIdx.x / WARP;
    const bool active = image < images;
    const float *mine = logits + (active ? image : 0) * classes;
    const Logits seen = lookAt(mine, classes, active, values, places, sums);
    if (!active) {
        return;
    }
    const int label = labels[image];
    for (int f = threadIdx.x % WARP; f < classes; f += WARP) {
        const double p = exp((double)(mine[f] - seen.largest)) / seen.sum;
        gradient[image * classes + f] = (float)((p - (f == label ? 1 : 0)) / images);
    }
    if (threadIdx.x % WARP == 0) {
        losses[image] = log(seen.sum) - ((double)mine[label] - seen.largest);
        correct[image] = seen.best == label ? 1 : 0;
    }
}

// dweights[f, c] = sum over i of gradient[i, f] * x[i, c], and dbias[f] = sum over i of gradient[i, f]
extern "C" __global__ void denseWeights(const float *gradient, const float *x, float *dweights, float *dbias, int images, int channels, int classes) {
    for (Index e = firstItem(); e < (Index)classes * channels; e += itemStep()) {
        const int f = (int)(e / channels);
        const int c = (int)(e % channels);
        double sum = 0;
        double total = 0;
        for (int i = 0; i < images; i++) {
            const double g = gradient[(Index)i * classes + f];
            sum += g * x[(Index)i * channels + c];
            total += g;
        }
        dweights[e] = (float)sum;
        if (c == 0) {
            dbias[f] = (float)total;
        }
    }
}

// dx[i, c] = sum over f of gradient[i, f] * weights[f, c]
extern "C" __global__ void denseInput(const float *gradient, const float *weights, float *dx, int images, int channels, int classes) {
    for (Index e = firstItem(); e < (Index)images * channels; e += itemStep()) {
        const Index i = e / channels;
        const int c = (int)(e % channels);
        double sum = 0;
        for (int f = 0; f < classes; f++) {
            sum += (double)gradient[i * classes + f] * weights[(Index)f * channels + c];
        }
        dx[e] = (float)sum;
    }
}

// Heavy-ball momentum (Polyak 1964), four values at a time: v = momentum * v + g + decay * w, w = w - rate * v; only the first of them, the kernels, decay.
extern "C" __global__ void update(const float *__restrict__ gradient, const float *__restrict__ rate, float *__restrict__ values, float *__restrict__ velocity,
    Index kernels, Index count, float momentum, float decay) {
    const float step = rate[0];
    for (Index i = firstItem(); i < count; i += itemStep()) {
        const Pack<4> g = load<4>(gradient, i * 4);
        Pack<4> w = load<4>(values, i * 4);
        Pack<4> v = load<4>(velocity, i * 4);
        const float pull = i < kernels ? decay : 0.0f;
        for (int k = 0; k < 4; k++) {
            v.v[k] = momentum * v.v[k] + (g.v[k] + pull * w.v[k]);
            w.v[k] -= step * v.v[k];
        }
        store<4>(velocity, i * 4, v);
        store<4>(values, i * 4, w);
    }
}
