// Stands in for a graphics processor where there is none: what CudaDevice calls of NVIDIA's runtime, driver and cuDNN, on the processor, with the signatures
// of NVIDIA's own headers. It is preloaded before NVIDIA's libraries, so that the calls go through JavaCPP's presets as they do on a card. It keeps the rules
// that a card would: what was freed is not used, nothing is allocated or waited for while a sequence is recorded, and all is freed in the end.
#include <cuda.h>
#include <cuda_runtime_api.h>
#include <cudnn.h>

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "kernels.h"

#include "emulator.cpp"

static_assert(CUDART_VERSION >= 13000, "The engine calls CUDA 13.");

struct CUstream_st {
    std::thread::id recorder;
    std::vector<std::function<void()>> *recorded;
};

struct CUevent_st {
    bool set;
};

struct CUgraph_st {
    std::vector<std::function<void()>> work;
};

struct CUgraphExec_st {
    std::vector<std::function<void()>> work;
};

struct CUfunc_st {
    const Entry *entry;
    std::size_t count;
};

struct cudnnContext {
    cudaStream_t stream;
};

struct cudnnTensorStruct {
    int n, c, h, w;
};

struct cudnnFilterStruct {
    int k, c, h, w;
};

struct cudnnConvolutionStruct {
    int above, left, down, right;
    cudnnMathType_t math;
};

namespace {

std::recursive_mutex lock;
std::map<char *, std::size_t> device; // pieces of its memory
std::map<char *, std::size_t> host;
std::set<void *> things;
cudaError_t last = cudaSuccess;
int callsUntilFailure = -1;
bool lasting;
bool broken;
bool unheard; // what failed may go unheard

#define ENTER std::lock_guard<std::recursive_mutex> guard(lock)

// A call that fails where it was told to: once, or from then on until the device is reset.
#define ENTER_OR(failed) \
    ENTER; \
    if (failing()) { \
        return failed; \
    }

bool failing() {
    if (callsUntilFailure == 0) {
        broken = lasting;
        callsUntilFailure = -1;
        return true;
    }
    callsUntilFailure -= callsUntilFailure > 0 ? 1 : 0;
    return broken;
}

cudaError_t injected() {
    return lasting ? cudaErrorLaunchFailure : cudaErrorInvalidValue;
}

cudaError_t result(cudaError_t error) {
    if (error != cudaSuccess) {
        last = error;
    }
    return error;
}

void complain(const char *what) {
    std::fprintf(stderr, "fake CUDA: %s\n", what);
    std::abort();
}

void require(bool fine, const char *what) {
    if (!fine) {
        complain(what);
    }
}

template <class T> T *opened(T *thing) {
    things.insert(thing);
    return thing;
}

std::set<void *> descriptors;

template <class T> T *described(T *thing) {
    descriptors.insert(thing);
    return thing;
}

template <class T> void closed(T *thing, const char *what) {
    require(things.erase(thing) == 1, what);
    descriptors.erase(thing);
    delete thing;
}

// Whether so many bytes lie within one piece.
bool within(const std::map<char *, std::size_t> &pieces, const void *address, std::size_t bytes) {
    char *first = static_cast<char *>(const_cast<void *>(address));
    auto found = pieces.upper_bound(first);
    if (found == pieces.begin()) {
        return false;
    }
    --found;
    return first + bytes <= found->first + found->second;
}

thread_local cudaStream_t recording;

void tell(cudaStream_t stream, std::function<void()> work) {
    require(things.count(stream) == 1, "a stream that is not open");
    if (stream->recorded) {
        require(stream->recorder == std::this_thread::get_id(), "another thread works in a stream that is recorded");
        stream->recorded->push_back(std::move(work));
    } else {
        work();
    }
}

jlong emulated(std::size_t bytes) {
    return Java_org_spectralsignatures_engine_cuda_device_Emulator_allocate(nullptr, nullptr, static_cast<jlong>(bytes));
}

cudaError_t take(std::map<char *, std::size_t> &pieces, void **address, std::size_t bytes) {
    if (recording) {
        return result(cudaErrorStreamCaptureUnsupported);
    }
    *address = reinterpret_cast<void *>(emulated(bytes));
    pieces[static_cast<char *>(*address)] = bytes;
    return cudaSuccess;
}

void give(std::map<char *, std::size_t> &pieces, void *address) {
    const auto found = pieces.find(static_cast<char *>(address));
    require(found != pieces.end(), "memory is freed that is not taken");
    require(Java_org_spectralsignatures_engine_cuda_device_Emulator_intact(nullptr, nullptr, reinterpret_cast<jlong>(address), static_cast<jlong>(found->second)),
        "something was written outside its memory");
    pieces.erase(found);
    Java_org_spectralsignatures_engine_cuda_device_Emulator_free(nullptr, nullptr, reinterpret_cast<jlong>(address));
}

const std::map<std::string, std::size_t> COUNTS = {COUNTED};

}

#define RUNTIME extern "C" cudaError_t CUDARTAPI

// From 1000 on: after so many calls one fails; from 2000 on: after so many calls all fail, until the device is reset.
RUNTIME cudaSetDevice(int index) {
    ENTER;
    if (index >= 1000) {
        callsUntilFailure = index % 1000;
        lasting = index >= 2000;
        unheard = false;
        return cudaSuccess;
    }
    return result(broken ? cudaErrorLaunchFailure : index == 0 ? cudaSuccess : cudaErrorInvalidDevice);
}
RUNTIME cudaGetLastError() { ENTER; const cudaError_t error = last; last = cudaSuccess; return error; }
extern "C" const char *CUDARTAPI cudaGetErrorString(cudaError_t) { return "a fake error"; }
RUNTIME cudaDeviceReset() {
    ENTER;
    broken = false;
    device.clear();
    for (auto thing = things.begin(); thing != things.end();) { // descriptors lie in the machine's memory
        thing = descriptors.count(*thing) ? std::next(thing) : things.erase(thing);
    }
    host.clear();
    return cudaSuccess;
}
RUNTIME cudaDeviceGetAttribute(int *value, cudaDeviceAttr attribute, int) {
    ENTER;
    if (static_cast<int>(attribute) == 9998) { // whether the failure that was asked for came
        *value = callsUntilFailure < 0 ? 1 : 0;
        return cudaSuccess;
    }
    if (static_cast<int>(attribute) == 9997) { // whether that failure does no harm, so that nobody needs to be told
        *value = unheard ? 1 : 0;
        return cudaSuccess;
    }
    if (static_cast<int>(attribute) == 9999) { // how much is open
        *value = static_cast<int>(device.size() + host.size() + things.size());
        return cudaSuccess;
    }
    if (failing()) {
        return result(injected());
    }
    require(attribute == cudaDevAttrComputeCapabilityMajor || attribute == cudaDevAttrComputeCapabilityMinor, "an attribute");
    *value = attribute == cudaDevAttrComputeCapabilityMajor ? 9 : 0;
    return cudaSuccess;
}
RUNTIME cudaMemGetInfo(size_t *free, size_t *total) { ENTER_OR(result(injected())) *free = 1 << 30; *total = 1u << 31; return cudaSuccess; }
RUNTIME cudaMalloc(void **address, size_t bytes) {
    ENTER_OR(result(injected()))
    return bytes > 1 << 30 ? result(cudaErrorMemoryAllocation) : take(device, address, bytes);
}
RUNTIME cudaFree(void *address) { ENTER; require(!recording, "memory is freed while a sequence is recorded"); give(device, address); return cudaSuccess; }
RUNTIME cudaHostRegister(void *address, size_t bytes, unsigned int flags) {
    ENTER;
    if (failing()) {
        unheard = true; // copies are slower then
        return result(injected());
    }
    require(flags == 0 && bytes % 4096 == 0 && reinterpret_cast<std::uintptr_t>(address) % 4096 == 0 && !recording, "pages of the machine");
    require(host.emplace(static_cast<char *>(address), bytes).second, "pages that are registered twice");
    return cudaSuccess;
}
RUNTIME cudaHostUnregister(void *address) { ENTER; require(host.erase(static_cast<char *>(address)) == 1, "pages are given back twice"); return cudaSuccess; }
RUNTIME cudaStreamCreateWithFlags(cudaStream_t *stream, unsigned int flags) {
    ENTER_OR(result(injected()))
    require(flags == cudaStreamNonBlocking, "flags of a stream");
    *stream = opened(new CUstream_st());
    return cudaSuccess;
}
RUNTIME cudaStreamDestroy(cudaStream_t stream) { ENTER; require(!stream->recorded, "a stream ends while it is recorded"); closed(stream, "a stream ends twice"); return cudaSuccess; }
RUNTIME cudaEventCreateWithFlags(cudaEvent_t *event, unsigned int flags) {
    ENTER_OR(result(injected()))
    require(flags == cudaEventDisableTiming, "flags of an event");
    *event = opened(new CUevent_st());
    return cudaSuccess;
}
RUNTIME cudaEventDestroy(cudaEvent_t event) { ENTER; closed(event, "an event ends twice"); return cudaSuccess; }
RUNTIME cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
    ENTER_OR(result(injected()))
    require(things.count(event) == 1 && things.count(stream) == 1, "an event or a stream that is not open");
    event->set = true;
    return cudaSuccess;
}
RUNTIME cudaEventSynchronize(cudaEvent_t event) { ENTER_OR(result(injected())) require(things.count(event) == 1 && !recording, "an event that is not open, or a wait"); return cudaSuccess; }
RUNTIME cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned int flags) {
    ENTER_OR(result(injected()))
    require(things.count(stream) == 1 && things.count(event) == 1 && flags == 0, "a stream or an event that is not open");
    return cudaSuccess;
}
RUNTIME cudaMemcpyAsync(void *to, const void *from, size_t bytes, cudaMemcpyKind kind, cudaStream_t stream) {
    ENTER_OR(result(injected()))
    const bool up = kind == cudaMemcpyHostToDevice;
    require(up || kind == cudaMemcpyDeviceToHost, "a kind of copy");
    require(within(device, up ? to : from, bytes), "a copy beyond its memory"); // on the other side pages may not be registered
    tell(stream, [=] { std::memcpy(to, from, bytes); });
    return cudaSuccess;
}
RUNTIME cudaMemsetAsync(void *to, int value, size_t bytes, cudaStream_t stream) {
    ENTER_OR(result(injected()))
    require(within(device, to, bytes), "zeros beyond their memory");
    tell(stream, [=] { std::memset(to, value, bytes); });
    return cudaSuccess;
}
RUNTIME cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode mode) {
    ENTER_OR(result(injected()))
    require(mode == cudaStreamCaptureModeThreadLocal && !stream->recorded && !recording, "a mode of recording");
    stream->recorded = new std::vector<std::function<void()>>();
    stream->recorder = std::this_thread::get_id();
    recording = stream;
    return cudaSuccess;
}
RUNTIME cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t *graph) {
    ENTER;
    if (failing()) {
        delete stream->recorded;
        stream->recorded = nullptr;
        recording = nullptr;
        return result(injected());
    }
    require(recording == stream && stream->recorded, "nothing is recorded");
    *graph = opened(new CUgraph_st{std::move(*stream->recorded)});
    delete stream->recorded;
    stream->recorded = nullptr;
    recording = nullptr;
    return cudaSuccess;
}
RUNTIME cudaGraphInstantiate(cudaGraphExec_t *target, cudaGraph_t graph, unsigned long long flags) {
    ENTER_OR(result(injected()))
    require(things.count(graph) == 1 && flags == 0, "a graph that is not open");
    *target = opened(new CUgraphExec_st{graph->work});
    return cudaSuccess;
}
RUNTIME cudaGraphDestroy(cudaGraph_t graph) { ENTER; closed(graph, "a graph ends twice"); return cudaSuccess; }
RUNTIME cudaGraphExecDestroy(cudaGraphExec_t graph) { ENTER; closed(graph, "a graph ends twice"); return cudaSuccess; }
RUNTIME cudaGraphLaunch(cudaGraphExec_t graph, cudaStream_t stream) {
    ENTER_OR(result(injected()))
    require(things.count(graph) == 1 && !stream->recorded, "a graph that is not open");
    for (const auto &work : graph->work) {
        tell(stream, work);
    }
    return cudaSuccess;
}

#define DRIVER extern "C" CUresult CUDAAPI

DRIVER cuGetErrorName(CUresult, const char **text) { *text = "CUDA_ERROR_FAKE"; return CUDA_SUCCESS; }
DRIVER cuModuleLoadData(CUmodule *module, const void *image) {
    ENTER_OR(lasting ? CUDA_ERROR_LAUNCH_FAILED : CUDA_ERROR_INVALID_VALUE)
    require(std::memcmp(image, "\x7f" "ELF", 4) == 0, "this is no machine code");
    *module = reinterpret_cast<CUmodule>(1);
    return CUDA_SUCCESS;
}
DRIVER cuModuleGetFunction(CUfunction *function, CUmodule module, const char *name) {
    ENTER_OR(lasting ? CUDA_ERROR_LAUNCH_FAILED : CUDA_ERROR_INVALID_VALUE)
    require(module == reinterpret_cast<CUmodule>(1), "a module");
    for (const Entry &known : ENTRIES) {
        if (std::strcmp(known.name, name) == 0) {
            *function = new CUfunc_st{&known, COUNTS.at(name)}; // stays as long as the module
            return CUDA_SUCCESS;
        }
    }
    return CUDA_ERROR_NOT_FOUND;
}
DRIVER cuLaunchKernel(CUfunction function, unsigned int x, unsigned int y, unsigned int z, unsigned int threads, unsigned int threadsY, unsigned int threadsZ,
    unsigned int shared, CUstream stream, void **params, void **extra) {
    ENTER_OR(lasting ? CUDA_ERROR_LAUNCH_FAILED : CUDA_ERROR_INVALID_VALUE)
    require(x > 0 && y > 0 && y <= 65535 && z == 1 && threads == THREADS && threadsY == 1 && threadsZ == 1 && shared == 0 && !extra, "sizes of a launch");
    std::vector<std::int64_t> slots(function->count);
    for (std::size_t k = 0; k < slots.size(); k++) {
        std::memcpy(&slots[k], params[k], sizeof(std::int64_t));
    }
    tell(stream, [=] {
        entry = function->entry;
        arguments = slots.data();
        trouble.clear();
        gridDim = {x, y};
        for (unsigned int row = 0; row < y; row++) {
            for (unsigned int column = 0; column < x; column++) {
                blockIdx = {column, row};
                block((row + column) % 2 == 1);
            }
        }
        require(trouble.empty(), trouble.c_str());
    });
    return CUDA_SUCCESS;
}

#define DNN extern "C" cudnnStatus_t CUDNNWINAPI

DNN cudnnCreate(cudnnHandle_t *handle) { ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED)) *handle = opened(new cudnnContext()); return CUDNN_STATUS_SUCCESS; }
DNN cudnnDestroy(cudnnHandle_t handle) { ENTER; closed(handle, "a handle ends twice"); return CUDNN_STATUS_SUCCESS; }
DNN cudnnSetStream(cudnnHandle_t handle, cudaStream_t stream) { ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED)) handle->stream = stream; return CUDNN_STATUS_SUCCESS; }
DNN cudnnCreateTensorDescriptor(cudnnTensorDescriptor_t *t) { ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED)) *t = described(opened(new cudnnTensorStruct())); return CUDNN_STATUS_SUCCESS; }
DNN cudnnDestroyTensorDescriptor(cudnnTensorDescriptor_t t) { ENTER; closed(t, "a tensor ends twice"); return CUDNN_STATUS_SUCCESS; }
DNN cudnnSetTensor4dDescriptor(cudnnTensorDescriptor_t t, cudnnTensorFormat_t format, cudnnDataType_t type, int n, int c, int h, int w) {
    ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED))
    require(format == CUDNN_TENSOR_NHWC && type == CUDNN_DATA_FLOAT, "a tensor's format");
    *t = {n, c, h, w};
    return CUDNN_STATUS_SUCCESS;
}
DNN cudnnCreateFilterDescriptor(cudnnFilterDescriptor_t *f) { ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED)) *f = described(opened(new cudnnFilterStruct())); return CUDNN_STATUS_SUCCESS; }
DNN cudnnDestroyFilterDescriptor(cudnnFilterDescriptor_t f) { ENTER; closed(f, "a filter ends twice"); return CUDNN_STATUS_SUCCESS; }
DNN cudnnSetFilter4dDescriptor(cudnnFilterDescriptor_t f, cudnnDataType_t type, cudnnTensorFormat_t format, int k, int c, int h, int w) {
    ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED))
    require(format == CUDNN_TENSOR_NHWC && type == CUDNN_DATA_FLOAT, "a filter's format");
    *f = {k, c, h, w};
    return CUDNN_STATUS_SUCCESS;
}
DNN cudnnCreateConvolutionDescriptor(cudnnConvolutionDescriptor_t *d) { ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED)) *d = described(opened(new cudnnConvolutionStruct())); return CUDNN_STATUS_SUCCESS; }
DNN cudnnDestroyConvolutionDescriptor(cudnnConvolutionDescriptor_t d) { ENTER; closed(d, "a convolution ends twice"); return CUDNN_STATUS_SUCCESS; }
DNN cudnnSetConvolution2dDescriptor(cudnnConvolutionDescriptor_t d, int above, int left, int down, int right, int dilationH, int dilationW, cudnnConvolutionMode_t mode,
    cudnnDataType_t type) {
    ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED))
    require(dilationH == 1 && dilationW == 1 && mode == CUDNN_CROSS_CORRELATION && type == CUDNN_DATA_FLOAT, "a convolution's kind");
    *d = {above, left, down, right, CUDNN_DEFAULT_MATH};
    return CUDNN_STATUS_SUCCESS;
}
DNN cudnnSetConvolutionMathType(cudnnConvolutionDescriptor_t d, cudnnMathType_t math) { ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED)) d->math = math; return CUDNN_STATUS_SUCCESS; }

namespace {

constexpr std::size_t WORKSPACE = 777;

// Proposes one that is not deterministic, one that fails, one that rounds, and then one that will do.
template <class P, class A> cudnnStatus_t propose(cudnnMathType_t math, A other, A good, int most, int *count, P *found) {
    require(most >= 4, "room for proposals");
    *count = 4;
    for (int k = 0; k < 4; k++) {
        found[k].algo = k < 3 ? other : good;
        found[k].status = k == 1 ? CUDNN_STATUS_NOT_SUPPORTED : CUDNN_STATUS_SUCCESS;
        found[k].time = static_cast<float>(k);
        found[k].memory = WORKSPACE;
        found[k].determinism = k == 0 ? CUDNN_NON_DETERMINISTIC : CUDNN_DETERMINISTIC;
        found[k].mathType = k == 2 ? CUDNN_TENSOR_OP_MATH_ALLOW_CONVERSION : math;
    }
    return CUDNN_STATUS_SUCCESS;
}

// For some sizes cuDNN has no way at all.
bool unknown(cudnnFilterDescriptor_t w) {
    return w->c == 1 || w->k == 3;
}

void fits(cudnnTensorDescriptor_t x, cudnnFilterDescriptor_t w, cudnnConvolutionDescriptor_t d, cudnnTensorDescriptor_t y) {
    require(x->c == w->c && y->c == w->k && x->n == y->n && w->h == w->w && d->down == d->right, "sizes of a convolution");
    require(y->h == (x->h + 2 * d->above - w->h) / d->down + 1 && y->w == (x->w + 2 * d->left - w->w) / d->right + 1, "sizes of a convolution's result");
}

cudnnStatus_t convolution(cudnnHandle_t handle, int direction, const void *alpha, cudnnTensorDescriptor_t xs, const void *x, cudnnFilterDescriptor_t ws, const void *w,
    cudnnConvolutionDescriptor_t d, bool good, void *beside, std::size_t bytes, const void *beta, cudnnTensorDescriptor_t ys, const void *y) {
    float one, zero;
    std::memcpy(&one, alpha, sizeof(float));
    std::memcpy(&zero, beta, sizeof(float));
    require(one == 1 && zero == 0 && good && d->math == CUDNN_FMA_MATH, "factors or way of a convolution");
    fits(xs, ws, d, ys);
    require(bytes == WORKSPACE && within(device, beside, bytes), "workspace of a convolution");
    require(within(device, x, sizeof(float) * xs->n * xs->c * xs->h * xs->w) && within(device, w, sizeof(float) * ws->k * ws->c * ws->h * ws->w)
        && within(device, y, sizeof(float) * ys->n * ys->c * ys->h * ys->w), "arrays of a convolution");
    const int sizes[11] = {xs->n, xs->h, xs->w, xs->c, ws->k, ws->h, d->down, d->above, d->left, ys->h, ys->w};
    std::vector<int> copy(sizes, sizes + 11);
    tell(handle->stream, [=] {
        std::memset(beside, 0xFF, bytes);
        convolve(direction, reinterpret_cast<jlong>(x), reinterpret_cast<jlong>(w), reinterpret_cast<jlong>(y), copy.data());
    });
    return CUDNN_STATUS_SUCCESS;
}

}

DNN cudnnGetConvolutionForwardAlgorithm_v7(cudnnHandle_t, const cudnnTensorDescriptor_t x, const cudnnFilterDescriptor_t w, const cudnnConvolutionDescriptor_t d,
    const cudnnTensorDescriptor_t y, const int most, int *count, cudnnConvolutionFwdAlgoPerf_t *found) {
    ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED))
    fits(x, w, d, y);
    if (unknown(w)) {
        return CUDNN_STATUS_NOT_SUPPORTED_LAYOUT;
    }
    return propose(d->math, CUDNN_CONVOLUTION_FWD_ALGO_FFT, CUDNN_CONVOLUTION_FWD_ALGO_WINOGRAD_NONFUSED, most, count, found);
}
DNN cudnnGetConvolutionBackwardDataAlgorithm_v7(cudnnHandle_t, const cudnnFilterDescriptor_t w, const cudnnTensorDescriptor_t dy, const cudnnConvolutionDescriptor_t d,
    const cudnnTensorDescriptor_t dx, const int most, int *count, cudnnConvolutionBwdDataAlgoPerf_t *found) {
    ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED))
    fits(dx, w, d, dy);
    if (unknown(w)) {
        return CUDNN_STATUS_NOT_SUPPORTED_LAYOUT;
    }
    return propose(d->math, CUDNN_CONVOLUTION_BWD_DATA_ALGO_0, CUDNN_CONVOLUTION_BWD_DATA_ALGO_FFT, most, count, found);
}
DNN cudnnGetConvolutionBackwardFilterAlgorithm_v7(cudnnHandle_t, const cudnnTensorDescriptor_t x, const cudnnTensorDescriptor_t dy, const cudnnConvolutionDescriptor_t d,
    const cudnnFilterDescriptor_t dw, const int most, int *count, cudnnConvolutionBwdFilterAlgoPerf_t *found) {
    ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED))
    fits(x, dw, d, dy);
    if (unknown(dw)) {
        return CUDNN_STATUS_NOT_SUPPORTED_LAYOUT;
    }
    return propose(d->math, CUDNN_CONVOLUTION_BWD_FILTER_ALGO_3, CUDNN_CONVOLUTION_BWD_FILTER_ALGO_FFT, most, count, found);
}
DNN cudnnGetConvolutionForwardWorkspaceSize(cudnnHandle_t, const cudnnTensorDescriptor_t x, const cudnnFilterDescriptor_t w, const cudnnConvolutionDescriptor_t d,
    const cudnnTensorDescriptor_t y, cudnnConvolutionFwdAlgo_t way, size_t *bytes) {
    ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED))
    fits(x, w, d, y);
    *bytes = WORKSPACE;
    return way == CUDNN_CONVOLUTION_FWD_ALGO_WINOGRAD_NONFUSED && !unknown(w) ? CUDNN_STATUS_SUCCESS : CUDNN_STATUS_NOT_SUPPORTED;
}
DNN cudnnGetConvolutionBackwardDataWorkspaceSize(cudnnHandle_t, const cudnnFilterDescriptor_t w, const cudnnTensorDescriptor_t dy, const cudnnConvolutionDescriptor_t d,
    const cudnnTensorDescriptor_t dx, cudnnConvolutionBwdDataAlgo_t way, size_t *bytes) {
    ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED))
    fits(dx, w, d, dy);
    *bytes = WORKSPACE;
    return way == CUDNN_CONVOLUTION_BWD_DATA_ALGO_FFT && !unknown(w) ? CUDNN_STATUS_SUCCESS : CUDNN_STATUS_NOT_SUPPORTED;
}
DNN cudnnGetConvolutionBackwardFilterWorkspaceSize(cudnnHandle_t, const cudnnTensorDescriptor_t x, const cudnnTensorDescriptor_t dy,
    const cudnnConvolutionDescriptor_t d, const cudnnFilterDescriptor_t dw, cudnnConvolutionBwdFilterAlgo_t way, size_t *bytes) {
    ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED))
    fits(x, dw, d, dy);
    *bytes = WORKSPACE;
    return way == CUDNN_CONVOLUTION_BWD_FILTER_ALGO_FFT && !unknown(dw) ? CUDNN_STATUS_SUCCESS : CUDNN_STATUS_NOT_SUPPORTED;
}
DNN cudnnConvolutionForward(cudnnHandle_t handle, const void *alpha, const cudnnTensorDescriptor_t xs, const void *x, const cudnnFilterDescriptor_t ws, const void *w,
    const cudnnConvolutionDescriptor_t d, cudnnConvolutionFwdAlgo_t way, void *beside, size_t bytes, const void *beta, const cudnnTensorDescriptor_t ys, void *y) {
    ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED))
    return convolution(handle, 0, alpha, xs, x, ws, w, d, way == CUDNN_CONVOLUTION_FWD_ALGO_WINOGRAD_NONFUSED, beside, bytes, beta, ys, y);
}
DNN cudnnConvolutionBackwardData(cudnnHandle_t handle, const void *alpha, const cudnnFilterDescriptor_t ws, const void *w, const cudnnTensorDescriptor_t ys,
    const void *dy, const cudnnConvolutionDescriptor_t d, cudnnConvolutionBwdDataAlgo_t way, void *beside, size_t bytes, const void *beta,
    const cudnnTensorDescriptor_t xs, void *dx) {
    ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED))
    return convolution(handle, 1, alpha, xs, dx, ws, w, d, way == CUDNN_CONVOLUTION_BWD_DATA_ALGO_FFT, beside, bytes, beta, ys, dy);
}
DNN cudnnConvolutionBackwardFilter(cudnnHandle_t handle, const void *alpha, const cudnnTensorDescriptor_t xs, const void *x, const cudnnTensorDescriptor_t ys,
    const void *dy, const cudnnConvolutionDescriptor_t d, cudnnConvolutionBwdFilterAlgo_t way, void *beside, size_t bytes, const void *beta,
    const cudnnFilterDescriptor_t ws, void *dw) {
    ENTER_OR((result(injected()), CUDNN_STATUS_EXECUTION_FAILED))
    return convolution(handle, 2, alpha, xs, x, ws, dw, d, way == CUDNN_CONVOLUTION_BWD_FILTER_ALGO_FFT, beside, bytes, beta, ys, dy);
}
