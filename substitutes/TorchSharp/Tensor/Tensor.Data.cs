using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The memory of a contiguous CPU tensor, at most 2 GiB of it; setting copies in.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not on the CPU.</exception>
        /// <exception cref="NotImplementedException">The tensor is not contiguous, or larger than a span can be.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                RequireHostMemory();
                if (!is_contiguous())
                {
                    throw new NotImplementedException("Bytes() called on non-contiguous tensor.");
                }

                var total = checked(numel() * element_size());
                return total <= int.MaxValue
                    ? new Span<byte>((void*)DataPointer(), (int)total)
                    : throw new NotImplementedException("Span only supports up to int.MaxValue elements.");
            }

            set
            {
                var target = bytes;
                if (value.Length != target.Length)
                {
                    throw new ArgumentException($"The tensor takes {target.Length} bytes, not {value.Length}.", nameof(value));
                }

                value.CopyTo(target);
            }
        }

        /// <summary>Reads and writes the elements of a CPU tensor, in its own memory.</summary>
        /// <typeparam name="T">The C# type of the tensor's element type.</typeparam>
        /// <exception cref="ArgumentException">T is not the tensor's element type.</exception>
        /// <exception cref="InvalidOperationException">The tensor is not on the CPU.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(this);
        }

        /// <summary>The only element of a tensor of one element.</summary>
        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
            {
                throw new ArgumentException($"item() needs a tensor of one element; this one has {numel()}.");
            }

            ValidateType(typeof(T));
            using var host = device_type == DeviceType.CPU ? alias() : cpu();
            return new TensorAccessor<T>(host)[0];
        }

        /// <summary>The only element as a number of any kind.</summary>
        public Scalar ToScalar() => Scalar.From(Ops.item.CallNumber(this), dtype);

        /// <summary>Copies elements, in row-major order, to a stream; of any size.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            using var source = ContiguousHostCopy();
            source.ForEachBlock(Math.Max(bufferSize, 1), block => stream.Write(block));
        }

        /// <summary>Overwrites the elements, in row-major order, from a stream.</summary>
        /// <exception cref="EndOfStreamException">The stream has too few bytes.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            RequireHostMemory();
            if (!is_contiguous())
            {
                throw new NotImplementedException("ReadBytesFromStream() called on non-contiguous tensor.");
            }

            ForEachBlock(Math.Max(bufferSize, 1), stream.ReadExactly);
        }

        internal nint DataPointer()
        {
            NativeTorch.Check(NativeMethods.ib_tensor_data(Handle, out var pointer));
            GC.KeepAlive(this);
            return pointer;
        }

        internal void RequireHostMemory()
        {
            if (device_type != DeviceType.CPU)
            {
                throw new InvalidOperationException(
                    "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            }
        }

        internal void ValidateType(Type type)
        {
            if (ToScalarType(type) != dtype)
            {
                throw new ArgumentException($"{type.Name} is not the element type of a tensor of {dtype}.");
            }
        }

        private Tensor ContiguousHostCopy()
        {
            using var host = cpu();
            return host.contiguous();
        }

        private unsafe void ForEachBlock(int blockBytes, SpanAction action)
        {
            var pointer = (byte*)DataPointer();
            var total = checked(numel() * element_size());
            for (long offset = 0; offset < total; offset += blockBytes)
            {
                action(new Span<byte>(pointer + offset, (int)Math.Min(blockBytes, total - offset)));
            }

            GC.KeepAlive(this);
        }

        private delegate void SpanAction(Span<byte> block);
    }
}
