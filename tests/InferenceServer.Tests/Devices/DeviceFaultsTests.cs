using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Tests.Support;
using TorchSharp;

namespace InferenceBridge.Server.Tests.Devices;

public class DeviceFaultsTests
{
    [Theory]
    [InlineData(FaultInjector.OutOfMemory)]
    [InlineData("CUDA error: out of memory\nCompile with `TORCH_USE_CUDA_DSA`")]
    [InlineData("cuFFT error: CUFFT_ALLOC_FAILED")]
    [InlineData("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`")]
    [InlineData("[enforce fail at alloc_cpu.cpp:66] . DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 bytes.")]
    public void Of_Exhaustion_IsOutOfMemory(string message) => Assert.Equal(DeviceFault.OutOfMemory, DeviceFaults.Of(new TorchFailure(message)));

    [Theory]
    [InlineData(FaultInjector.DeviceLost)]
    [InlineData("CUDA error: unspecified launch failure")]
    [InlineData("CUDA error: an illegal memory access was encountered")]
    [InlineData("CUDA error: all CUDA-capable devices are busy or unavailable")]
    [InlineData("CUDA error: no CUDA-capable device is detected")]
    [InlineData("CUDA error: unknown error")]
    [InlineData("cuDNN error: CUDNN_STATUS_EXECUTION_FAILED")]
    public void Of_BrokenCard_IsLost(string message) => Assert.Equal(DeviceFault.Lost, DeviceFaults.Of(new TorchFailure(message)));

    [Theory]
    [InlineData("shape '[0]' is invalid for input of size 20")]
    [InlineData("CUDA error: invalid configuration argument")]
    [InlineData("unknown error")]
    public void Of_OtherFailures_IsNone(string message) => Assert.Equal(DeviceFault.None, DeviceFaults.Of(new TorchFailure(message)));

    [Fact]
    public void Of_NoTorchException_IsNone() => Assert.Equal(DeviceFault.None, DeviceFaults.Of(new InvalidOperationException("out of memory")));

    [Fact]
    public void Of_WhatLibtorchSays_IsOutOfMemory() => Assert.Equal(DeviceFault.OutOfMemory,
        DeviceFaults.Of(Assert.ThrowsAny<Exception>(() => torch.empty([1L << 46], torch.ScalarType.Float32))));
}
