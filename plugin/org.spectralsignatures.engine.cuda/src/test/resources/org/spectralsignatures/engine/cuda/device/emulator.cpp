// Runs kernels of CUDA C on the processor, one block after the other, for tests where there is no graphics processor. The threads of a block go from one
// __syncthreads() to the next by turns, in the order of their numbers or against it. The kernels' sources are compiled in behind the first part, and KERNELS
// lists them.
#include <jni.h>
#include <setjmp.h>
#include <ucontext.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#undef __global__
#undef __device__
#undef __shared__
#undef __forceinline__
#define __global__
#define __device__
#define __shared__ static
#define __forceinline__ inline
#define __restrict__

struct Coordinates {
    unsigned int x, y;
};

static Coordinates threadIdx, blockIdx, gridDim;

static void __syncthreads();

#include "kernels.cu"

namespace {

constexpr std::size_t STACK = 64 << 10;
constexpr std::size_t GUARD = 256;
constexpr unsigned char GUARD_BYTE = 0xA5;
constexpr unsigned char POISON = 0xFF; // as a float no number

// A thread of a block, with a stack of its own. It begins by its context, and after that goes back and forth by jumps, which ask nothing of the system.
struct Worker {
    ucontext_t context;
    jmp_buf place;
    std::vector<char> stack;
    bool begun;
};

struct Entry {
    const char *name;
    void (*call)(const std::int64_t *);
};

jmp_buf scheduler;
Worker workers[THREADS];
int running = -1; // -1: threads run one after the other
int arrived;
std::string trouble;
const Entry *entry;
const std::int64_t *arguments;

template <class T> T argument(std::int64_t slot) {
    T value;
    std::memcpy(&value, &slot, sizeof(T));
    return value;
}

template <class... A, std::size_t... I> void call(void (*kernel)(A...), const std::int64_t *slots, std::index_sequence<I...>) {
    kernel(argument<A>(slots[I])...);
}

template <class... A> void call(void (*kernel)(A...), const std::int64_t *slots) {
    call(kernel, slots, std::index_sequence_for<A...>());
}

const Entry ENTRIES[] = {KERNELS};

void leave() {
    if (_setjmp(workers[running].place) == 0) {
        _longjmp(scheduler, 1);
    }
}

// One block after the other.
void body() {
    while (true) {
        entry->call(arguments);
        leave();
    }
}

void begin(Worker &worker) {
    static ucontext_t left; // nobody goes back to it
    worker.stack.resize(STACK);
    worker.begun = true;
    getcontext(&worker.context);
    worker.context.uc_stack.ss_sp = worker.stack.data();
    worker.context.uc_stack.ss_size = STACK;
    worker.context.uc_link = nullptr;
    makecontext(&worker.context, body, 0);
    swapcontext(&left, &worker.context);
}

void resume(int thread) {
    running = thread;
    threadIdx.x = thread;
    if (_setjmp(scheduler) == 0) {
        if (workers[thread].begun) {
            _longjmp(workers[thread].place, 1);
        }
        begin(workers[thread]);
    }
    running = -1;
}

// Those that wait at a barrier would go on there.
void abandon() {
    for (Worker &worker : workers) {
        worker.begun = false;
    }
}

// Whether all threads came to their end.
void block(bool backwards) {
    const int first = backwards ? THREADS - 1 : 0;
    const int step = backwards ? -1 : 1;
    arrived = 0;
    resume(first);
    if (arrived == 0) { // a kernel without barriers
        for (int k = 1; k < THREADS; k++) {
            threadIdx.x = first + k * step;
            entry->call(arguments);
        }
        return;
    }
    for (int k = 1; k < THREADS; k++) {
        resume(first + k * step);
    }
    while (arrived > 0) {
        if (arrived != THREADS) {
            trouble = "a barrier is reached by " + std::to_string(arrived) + " threads of a block only";
            abandon();
            return;
        }
        arrived = 0;
        for (int k = 0; k < THREADS; k++) {
            resume(first + k * step);
        }
    }
}

unsigned char *outer(jlong address) {
    return reinterpret_cast<unsigned char *>(address) - GUARD;
}

}

static void __syncthreads() {
    if (running < 0) {
        trouble = "a barrier is reached by some threads of a block only";
        return;
    }
    arrived++;
    leave();
}

#define NATIVE(type, name) extern "C" JNIEXPORT type JNICALL Java_org_spectralsignatures_engine_cuda_device_Emulator_##name

NATIVE(jlong, allocate)(JNIEnv *, jclass, jlong bytes) {
    auto *memory = static_cast<unsigned char *>(std::aligned_alloc(256, (bytes + 2 * GUARD + 255) / 256 * 256));
    std::memset(memory, GUARD_BYTE, bytes + 2 * GUARD);
    std::memset(memory + GUARD, POISON, bytes);
    return reinterpret_cast<jlong>(memory + GUARD);
}

NATIVE(jboolean, intact)(JNIEnv *, jclass, jlong address, jlong bytes) {
    const unsigned char *memory = outer(address);
    for (std::size_t k = 0; k < GUARD; k++) {
        if (memory[k] != GUARD_BYTE || memory[GUARD + bytes + k] != GUARD_BYTE) {
            return JNI_FALSE;
        }
    }
    return JNI_TRUE;
}

NATIVE(void, free)(JNIEnv *, jclass, jlong address) {
    std::free(outer(address));
}

NATIVE(jobject, buffer)(JNIEnv *env, jclass, jlong address, jlong bytes) {
    return env->NewDirectByteBuffer(reinterpret_cast<void *>(address), bytes);
}

NATIVE(jstring, launch)(JNIEnv *env, jclass, jstring name, jint blocks, jint columns, jlongArray slots) {
    const char *wanted = env->GetStringUTFChars(name, nullptr);
    entry = nullptr;
    for (const Entry &known : ENTRIES) {
        if (std::strcmp(known.name, wanted) == 0) {
            entry = &known;
        }
    }
    env->ReleaseStringUTFChars(name, wanted);
    if (!entry) {
        return env->NewStringUTF("there is no such kernel");
    }
    std::vector<std::int64_t> values(env->GetArrayLength(slots));
    env->GetLongArrayRegion(slots, 0, static_cast<jsize>(values.size()), reinterpret_cast<jlong *>(values.data()));
    arguments = values.data();
    trouble.clear();
    gridDim = {static_cast<unsigned int>(blocks), static_cast<unsigned int>(columns)};
    for (jint y = 0; y < columns && trouble.empty(); y++) {
        for (jint x = 0; x < blocks && trouble.empty(); x++) {
            blockIdx = {static_cast<unsigned int>(x), static_cast<unsigned int>(y)};
            block((x + y) % 2 == 1);
        }
    }
    return trouble.empty() ? nullptr : env->NewStringUTF(trouble.c_str());
}

// By the definition: forward y += x * w, INPUT dx += dy * w, KERNELS dw += x * dy.
static void convolve(int direction, jlong x, jlong w, jlong y, const int *s) {
    const int n = s[0], height = s[1], width = s[2], channels = s[3], filters = s[4], side = s[5], stride = s[6], above = s[7], left = s[8];
    const int newHeight = s[9], newWidth = s[10];
    auto *image = reinterpret_cast<float *>(x);
    auto *kernel = reinterpret_cast<float *>(w);
    auto *result = reinterpret_cast<float *>(y);
    const std::size_t images = static_cast<std::size_t>(n) * height * width * channels;
    const std::size_t kernels = static_cast<std::size_t>(filters) * side * side * channels;
    const std::size_t results = static_cast<std::size_t>(n) * newHeight * newWidth * filters;
    std::vector<double> sums(direction == 0 ? results : direction == 1 ? images : kernels);
    std::size_t at = 0;
    for (int i = 0; i < n; i++) {
        for (int row = 0; row < newHeight; row++) {
            for (int column = 0; column < newWidth; column++) {
                for (int f = 0; f < filters; f++, at++) {
                    for (int k = 0; k < side * side; k++) {
                        const int r = row * stride - above + k / side;
                        const int c = column * stride - left + k % side;
                        if (r < 0 || r >= height || c < 0 || c >= width) {
                            continue;
                        }
                        const std::size_t p = ((static_cast<std::size_t>(i) * height + r) * width + c) * channels;
                        const std::size_t q = (static_cast<std::size_t>(f) * side * side + k) * channels;
                        for (int m = 0; m < channels; m++) {
                            if (direction == 0) {
                                sums[at] += static_cast<double>(image[p + m]) * kernel[q + m];
                            } else if (direction == 1) {
                                sums[p + m] += static_cast<double>(result[at]) * kernel[q + m];
                            } else {
                                sums[q + m] += static_cast<double>(image[p + m]) * result[at];
                            }
                        }
                    }
                }
            }
        }
    }
    float *target = direction == 0 ? result : direction == 1 ? image : kernel;
    for (std::size_t k = 0; k < sums.size(); k++) {
        target[k] = static_cast<float>(sums[k]);
    }
}

NATIVE(void, convolve)(JNIEnv *env, jclass, jint direction, jlong x, jlong w, jlong y, jintArray sizes) {
    jint s[11];
    env->GetIntArrayRegion(sizes, 0, 11, s);
    convolve(direction, x, w, y, s);
}
