namespace TorchSharp.Modules;

/// <summary>The numbers of a convolution, one an axis where they are arrays.</summary>
internal sealed record ConvolutionShape(long In, long Out, long[] Kernel, long[] Stride, long[] Dilation, long Groups)
{
    /// <summary>Null where <see cref="PaddingType"/> says it.</summary>
    internal long[]? Padding { get; init; }

    internal Padding? PaddingType { get; init; }

    internal bool Transposed { get; init; }

    internal long[] OutputPadding { get; init; } = new long[Kernel.Length];
}
