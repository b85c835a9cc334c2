namespace TorchSharp;

public static partial class torch
{
    /// <summary>One entry between the brackets of an indexer: a position, a slice, a tensor, or where axes come and go.</summary>
    public struct TensorIndex
    {
        /// <summary>Stands for as many whole axes as are missing.</summary>
        public static readonly TensorIndex Ellipsis = new() { Kind = IndexKind.Ellipsis };

        /// <summary>Inserts an axis of length one.</summary>
        public static readonly TensorIndex None = new() { Kind = IndexKind.None };

        public static readonly TensorIndex Null = None;

        /// <summary>The whole axis.</summary>
        public static readonly TensorIndex Colon = Slice();

        internal IndexKind Kind;
        internal long? Start;
        internal long? Stop;
        internal long? Step;
        internal Tensor? Indices;

        internal enum IndexKind
        {
            None,
            Slice,
            Single,
            Bool,
            Ellipsis,
            Tensor,
        }

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Kind = IndexKind.Slice, Start = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int? start, int? stop) range) => Slice(range.start, range.stop);

        public static TensorIndex Slice(Range range)
        {
            long? stop = range.End.IsFromEnd ? (range.End.Value == 0 ? null : -range.End.Value) : range.End.Value;
            return Slice(range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value, stop);
        }

        /// <summary>True inserts an axis of length one, false one of length zero.</summary>
        public static TensorIndex Bool(bool value) => new() { Kind = IndexKind.Bool, Start = value ? 1 : 0 };

        /// <summary>Takes one position, which removes the axis; negative numbers count from the end.</summary>
        public static TensorIndex Single(long? index) =>
            index is null ? None : new TensorIndex { Kind = IndexKind.Single, Start = index };

        /// <summary>Takes the positions in an integer tensor, or where a Boolean tensor is true.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { Kind = IndexKind.Tensor, Indices = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Tensor tensor) => Tensor(tensor);

        public static implicit operator TensorIndex((int? start, int? stop) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);
    }
}
