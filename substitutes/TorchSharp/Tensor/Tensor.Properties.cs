using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sizes of all axes, outermost first.</summary>
        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[NativeMethods.ib_tensor_dimensions(Handle)];
                fixed (long* pointer = sizes)
                {
                    NativeTorch.Check(NativeMethods.ib_tensor_sizes(Handle, pointer));
                }

                GC.KeepAlive(this);
                return sizes;
            }
        }

        public long ndim => dim();

        public long Dimensions => dim();

        public long NumberOfElements => numel();

        public long ElementSize => element_size();

        public ScalarType dtype
        {
            get
            {
                var result = (ScalarType)NativeMethods.ib_tensor_dtype(Handle);
                GC.KeepAlive(this);
                return result;
            }
        }

        public unsafe Device device
        {
            get
            {
                int index;
                var type = (DeviceType)NativeMethods.ib_tensor_device(Handle, &index);
                GC.KeepAlive(this);
                return new Device(type, index);
            }
        }

        public unsafe DeviceType device_type
        {
            get
            {
                var result = (DeviceType)NativeMethods.ib_tensor_device(Handle, null);
                GC.KeepAlive(this);
                return result;
            }
        }

        public int device_index => device.index;

        public bool is_sparse => NativeMethods.ib_tensor_layout(Handle) != 0;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public long dim()
        {
            var result = NativeMethods.ib_tensor_dimensions(Handle);
            GC.KeepAlive(this);
            return result;
        }

        public long numel()
        {
            var result = NativeMethods.ib_tensor_element_count(Handle);
            GC.KeepAlive(this);
            return result;
        }

        public long element_size() => dtype.ElementSize();

        public long[] size() => shape;

        /// <param name="dim">Axis; negative numbers count from the last.</param>
        public long size(int dim)
        {
            var sizes = shape;
            return dim >= -sizes.Length && dim < sizes.Length
                ? sizes[dim < 0 ? dim + sizes.Length : dim]
                : throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor has {sizes.Length} dimensions.");
        }

        /// <summary>Elements to step over from one position to the next, for each axis.</summary>
        public unsafe long[] stride()
        {
            var strides = new long[NativeMethods.ib_tensor_dimensions(Handle)];
            fixed (long* pointer = strides)
            {
                NativeTorch.Check(NativeMethods.ib_tensor_strides(Handle, pointer));
            }

            GC.KeepAlive(this);
            return strides;
        }

        public long stride(long dim)
        {
            var strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        public long storage_offset()
        {
            NativeTorch.Check(NativeMethods.ib_tensor_storage_offset(Handle, out var offset));
            GC.KeepAlive(this);
            return offset;
        }

        public bool is_contiguous(memory_format memory_format = memory_format.contiguous_format)
        {
            var result = NativeMethods.ib_tensor_is_contiguous(Handle, (int)memory_format) != 0;
            GC.KeepAlive(this);
            return result;
        }

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        public override string ToString()
        {
            if (IsInvalid)
            {
                return "Tensor (disposed)";
            }

            var value = numel() == 1 && ndim == 0 && is_cpu() ? $", value = {ToScalar()}" : string.Empty;
            return $"[{string.Join('x', shape)}], type = {dtype}, device = {device}{value}";
        }
    }
}
