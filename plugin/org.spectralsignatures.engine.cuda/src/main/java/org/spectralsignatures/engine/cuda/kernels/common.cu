// What the kernels share. Arrays are dense, of images [n, h, w, c]; "pixels" are n * h * w, and each has its channels side by side. A kernel whose name
// ends in 4 takes four channels at a time, one that ends in 1 takes one. Blocks have THREADS threads. Sums are made in a fixed order, without atomics,
// so that the same numbers give the same bits.

#define THREADS 256

typedef long long Index;

// V neighbouring values, read and written at once.
template <int V> struct alignas(4 * V) Pack {
    float v[V];
};

template <int V> struct alignas(V) Bytes {
    unsigned char v[V];
};

template <int V> __device__ __forceinline__ Pack<V> load(const float *from, Index at) {
    return *reinterpret_cast<const Pack<V> *>(from + at);
}

template <int V> __device__ __forceinline__ void store(float *to, Index at, const Pack<V> &values) {
    *reinterpret_cast<Pack<V> *>(to + at) = values;
}

// Where a thread works: a block has some rows of pixels (blockIdx.x) and some channels (blockIdx.y); a thread keeps its channels and goes through the rows.
struct Place {
    int channel; // its first
    int part;    // its first row within the block
    int parts;   // distance of its rows
    Index first; // rows of the block
    Index end;
    bool active; // some threads of a block may have no work
};

template <int V> __device__ __forceinline__ Place place(Index pixels, int channels, int lanes, int rows) {
    Place p;
    p.part = threadIdx.x / lanes;
    p.parts = THREADS / lanes;
    p.channel = (blockIdx.y * lanes + threadIdx.x % lanes) * V;
    p.first = (Index)blockIdx.x * rows;
    p.end = p.first + rows < pixels ? p.first + rows : pixels;
    p.active = p.part < p.parts && p.channel < channels;
    return p;
}

// Adds up what the threads of the same channels hold, N sums each, sums[k * THREADS + thread]; the totals are then those of the threads with part 0.
template <int N> __device__ __forceinline__ void fold(double *sums, int lanes, int parts) {
    const int part = threadIdx.x / lanes;
    int half = 1;
    while (half < parts) {
        half *= 2;
    }
    for (half /= 2; half > 0; half /= 2) {
        __syncthreads();
        if (part < half && part + half < parts) {
            for (int k = 0; k < N; k++) {
                sums[k * THREADS + threadIdx.x] += sums[k * THREADS + threadIdx.x + half * lanes];
            }
        }
    }
    __syncthreads();
}

// The first of the values that one thread after the other works on, of a row of them.
__device__ __forceinline__ Index firstItem() {
    return (Index)blockIdx.x * THREADS + threadIdx.x;
}

__device__ __forceinline__ Index itemStep() {
    return (Index)gridDim.x * THREADS;
}
