// Passes over the rows of a matrix [rows, columns] of single precision, for the singular vectors of a class; products and sums are in double precision. A shift,
// the mean, is subtracted from each row. Up to ROW_VECTORS vectors are worked on at a time; weights and products are [rows, count].

#define ROW_VECTORS 8

// Adds up some sums of each thread of a block, sums[k * THREADS + thread], in a fixed order; the totals are those of thread 0.
__device__ __forceinline__ void foldBlock(double *sums, int count) {
    for (int half = THREADS / 2; half > 0; half /= 2) {
        __syncthreads();
        if ((int)threadIdx.x < half) {
            for (int k = 0; k < count; k++) {
                sums[k * THREADS + threadIdx.x] += sums[k * THREADS + threadIdx.x + half];
            }
        }
    }
    __syncthreads();
}

// norms[r] = |x[r] - shift|^2; a block is a row.
extern "C" __global__ void rowNorms(const float *x, const double *shift, double *norms, int columns) {
    __shared__ double sums[THREADS];
    const float *mine = x + (Index)blockIdx.x * columns;
    double sum = 0;
    for (int c = threadIdx.x; c < columns; c += THREADS) {
        const double value = mine[c] - shift[c];
        sum += value * value;
    }
    sums[threadIdx.x] = sum;
    foldBlock(sums, 1);
    if (threadIdx.x == 0) {
        norms[blockIdx.x] = sums[0];
    }
}

// products[r, k] = (x[r] - shift) . vectors[k]; a block is a row.
extern "C" __global__ void rowProducts(const float *x, const double *shift, const double *vectors, double *products, int columns, int count) {
    __shared__ double sums[ROW_VECTORS * THREADS];
    const float *mine = x + (Index)blockIdx.x * columns;
    double own[ROW_VECTORS];
    for (int k = 0; k < ROW_VECTORS; k++) {
        own[k] = 0;
    }
    for (int c = threadIdx.x; c < columns; c += THREADS) {
        const double value = mine[c] - shift[c];
        for (int k = 0; k < ROW_VECTORS; k++) {
            if (k < count) {
                own[k] += value * vectors[(Index)k * columns + c];
            }
        }
    }
    for (int k = 0; k < ROW_VECTORS; k++) {
        sums[k * THREADS + threadIdx.x] = own[k];
    }
    foldBlock(sums, count);
    if ((int)threadIdx.x < count) {
        products[(Index)blockIdx.x * count + threadIdx.x] = sums[threadIdx.x * THREADS];
    }
}

// partial[b, k, c] = the sum over the rows r of block b of weights[r, k] * (x[r, c] - shift[c]); a block has some rows and THREADS columns.
extern "C" __global__ void rowSums(const float *x, const double *shift, const double *weights, double *partial, int rows, int columns, int count, int each) {
    const int c = blockIdx.y * THREADS + threadIdx.x;
    if (c >= columns) {
        return;
    }
    const int first = blockIdx.x * each;
    const int end = first + each < rows ? first + each : rows;
    const double less = shift[c];
    double own[ROW_VECTORS];
    for (int k = 0; k < ROW_VECTORS; k++) {
        own[k] = 0;
    }
    for (int r = first; r < end; r++) {
        const double value = x[(Index)r * columns + c] - less;
        for (int k = 0; k < ROW_VECTORS; k++) {
            if (k < count) {
                own[k] += weights[(Index)r * count + k] * value;
            }
        }
    }
    for (int k = 0; k < ROW_VECTORS; k++) {
        if (k < count) {
            partial[((Index)blockIdx.x * count + k) * columns + c] = own[k];
        }
    }
}

// sums[e] += the partial sums of all blocks, in their order
extern "C" __global__ void rowTotals(const double *partial, double *sums, Index values, int blocks) {
    for (Index e = firstItem(); e < values; e += itemStep()) {
        double sum = sums[e];
        for (int b = 0; b < blocks; b++) {
            sum += partial[b * values + e];
        }
        sums[e] = sum;
    }
}
