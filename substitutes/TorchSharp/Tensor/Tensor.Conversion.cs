using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The tensor with elements of another type; itself under a new object where nothing changes.</summary>
        /// <param name="disposeAfter">Dispose this tensor once it was converted.</param>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Finish(Ops.to__dtype.Call(this, type, non_blocking, copy), disposeAfter);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, device, copy, disposeAfter, non_blocking);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            InitializeDevice(device);
            return Finish(Ops.to__device.Call(this, device, type, non_blocking, copy), disposeAfter);
        }

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(other.dtype, other.device, copy, disposeAfter, non_blocking);

        public Tensor type_as(Tensor tensor) => to(tensor.dtype);

        public Tensor cpu(bool disposeAfter = false) => to(torch.CPU, disposeAfter: disposeAfter);

        public Tensor cuda(Device? device = null, bool disposeAfter = false, bool non_blocking = false) =>
            to(device ?? torch.CUDA, disposeAfter: disposeAfter, non_blocking: non_blocking);

        public Tensor contiguous() => Ops.contiguous.Call(this);

        public Tensor clone() => Ops.clone.Call(this);

        /// <summary>Copies elements in, broadcasting and converting them.</summary>
        public Tensor copy_(Tensor source, bool non_blocking = false) => InPlace(Ops.copy_, source, non_blocking);

        public Tensor fill_(Scalar value) => InPlace(Ops.fill___Scalar, value);

        public Tensor zero_() => InPlace(Ops.zero_);

        /// <summary>Makes this tensor use the storage of another.</summary>
        public Tensor set_(Tensor source) => InPlace(Ops.set___source_Tensor, source);

        public Tensor pin_memory() => Ops.pin_memory.Call(this);

        private Tensor Finish(Tensor result, bool disposeAfter)
        {
            if (disposeAfter)
            {
                Dispose();
            }

            return result;
        }
    }
}
