package org.spectralsignatures.engine.cuda.driver;

import java.util.Set;

import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.cuda.global.nvrtc;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.spectralsignatures.engine.cuda.device.DeviceException;

/** What NVIDIA's functions return, as exceptions. */
final class Status {

    /**
     * Errors of the runtime and, by the same numbers, of the driver, after which nothing more can be done in the context: the device is taken away or busy
     * for itself alone, its memory or wires are damaged, or a kernel went wrong.
     */
    private static final Set<Integer> LASTING = Set.of(cudart.cudaErrorCudartUnloading, cudart.cudaErrorDevicesUnavailable, cudart.cudaErrorECCUncorrectable,
        cudart.cudaErrorNvlinkUncorrectable, cudart.cudaErrorContained, cudart.cudaErrorIllegalAddress, cudart.cudaErrorLaunchTimeout,
        cudart.cudaErrorContextIsDestroyed, cudart.cudaErrorAssert, cudart.cudaErrorHardwareStackError, cudart.cudaErrorIllegalInstruction,
        cudart.cudaErrorMisalignedAddress, cudart.cudaErrorInvalidAddressSpace, cudart.cudaErrorInvalidPc, cudart.cudaErrorLaunchFailure,
        cudart.cudaErrorTensorMemoryLeak, cudart.cudaErrorExternalDevice, cudart.cudaErrorUnknown);

    private Status() {
    }

    /** @return whether nothing more can be done in the context after that error */
    static boolean lasting(final int status) {
        return LASTING.contains(status);
    }

    /** @throws DeviceException unless the runtime's function succeeded */
    static void runtime(final int status, final String what) {
        if (status != cudart.cudaSuccess) {
            cudart.cudaGetLastError(); // or the next call would tell of it, too
            throw failure(status, what, cudart.cudaGetErrorString(status).getString());
        }
    }

    /** @throws DeviceException unless the driver's function succeeded */
    static void driver(final int status, final String what) {
        if (status != cudart.CUDA_SUCCESS) {
            throw failure(status, what, name(status));
        }
    }

    private static String name(final int status) {
        try (var text = new PointerPointer<BytePointer>(1)) {
            return cudart.cuGetErrorName(status, text) == cudart.CUDA_SUCCESS ? text.get(BytePointer.class, 0).getString() : "error " + status;
        }
    }

    private static DeviceException failure(final int status, final String what, final String text) {
        final String said = what + ": " + text;
        if (LASTING.contains(status)) {
            Generation.end();
            return DeviceException.lost(said);
        }
        return status == cudart.cudaErrorMemoryAllocation ? DeviceException.memory(what) : DeviceException.refused(said);
    }

    /** @throws DeviceException unless cuDNN's function succeeded */
    static void cudnn(final int status, final String what) {
        if (status != cudnn.CUDNN_STATUS_SUCCESS) {
            final int under = cudart.cudaGetLastError();
            final String text = cudnn.cudnnGetErrorString(status).getString();
            if (status == cudnn.CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED) {
                throw DeviceException.memory(what);
            }
            throw under == cudart.cudaSuccess ? DeviceException.refused(what + ": " + text) : failure(under, what, text);
        }
    }

    /** @throws DeviceException unless NVRTC's function succeeded */
    static void nvrtc(final int status, final String what) {
        if (status != nvrtc.NVRTC_SUCCESS) {
            throw DeviceException.refused(what + ": " + nvrtc.nvrtcGetErrorString(status).getString());
        }
    }
}
