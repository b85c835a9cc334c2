using System.Runtime.InteropServices;

namespace InferenceBridge.Server.Devices;

/// <summary>What is wrong with a device.</summary>
internal enum DeviceFault
{
    /// <summary>Nothing: the failure has another cause.</summary>
    None,

    /// <summary>It has not enough memory for what it was asked to do, and goes on working.</summary>
    OutOfMemory,

    /// <summary>It is gone, or in a state that it leaves only with a new process.</summary>
    Lost,
}

/// <summary>Tells failures of a device from other failures of libtorch, which have the same type.</summary>
internal static class DeviceFaults
{
    private static readonly string[] Exhausted =
        ["out of memory", "can't allocate memory", "alloc_cpu", "bad_alloc", "CUBLAS_STATUS_ALLOC_FAILED", "CUFFT_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED"];

    // After these errors of CUDA every later call in the process fails too: "CUDA Runtime API, Data types, cudaError".
    private static readonly string[] Lost =
    [
        "device lost", "device is lost", "no CUDA-capable device", "busy or unavailable", "uncorrectable ECC", "unspecified launch failure",
        "illegal memory access", "illegal instruction", "misaligned address", "invalid program counter", "hardware stack error",
        "launch timed out", "device-side assert", "unknown error", "context is destroyed", "driver shutting down", "NVLink",
        "fallen off the bus", "initialization error", "CUDNN_STATUS_EXECUTION_FAILED", "CUBLAS_STATUS_EXECUTION_FAILED", "CUFFT_EXEC_FAILED",
    ];

    public static DeviceFault Of(Exception exception) => exception switch
    {
        OutOfMemoryException => DeviceFault.OutOfMemory,
        ExternalException when Says(exception, Exhausted) => DeviceFault.OutOfMemory,
        ExternalException when IsCuda(exception) && Says(exception, Lost) => DeviceFault.Lost,
        _ => DeviceFault.None,
    };

    private static bool IsCuda(Exception exception) => Says(exception, ["CUDA", "CUDNN", "CUBLAS", "CUFFT"]);

    private static bool Says(Exception exception, string[] signs) =>
        Array.Exists(signs, sign => exception.Message.Contains(sign, StringComparison.OrdinalIgnoreCase));
}
