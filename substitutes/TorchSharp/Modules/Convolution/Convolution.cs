using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules;

/// <summary>What convolutions of one to three axes have in common.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private Parameter? _weight;
    private Parameter? _bias;
    private long[] _border = [];

    private protected Convolution(string name, ConvolutionShape shape, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(name)
    {
        if (shape.Transposed && padding_mode != PaddingModes.Zeros)
        {
            throw new ArgumentException("Only PaddingModes.Zeros is supported for ConvTransposeND", nameof(padding_mode));
        }

        (in_channels, out_channels, groups) = (shape.In, shape.Out, shape.Groups);
        if (groups < 1 || in_channels % groups != 0 || out_channels % groups != 0)
        {
            throw new ArgumentException($"{groups} groups do not divide {in_channels} channels in and {out_channels} out.");
        }

        (kernel_size, stride, dilation, output_padding) = (shape.Kernel, shape.Stride, shape.Dilation, shape.OutputPadding);
        transposed = shape.Transposed;
        this.padding_mode = padding_mode;
        if (shape.PaddingType is { } type)
        {
            SetPadding(type);
        }
        else
        {
            SetPadding(shape.Padding!);
        }

        long[] channels = transposed ? [in_channels, out_channels / groups] : [out_channels, in_channels / groups];
        weight = NewParameter.Empty([.. channels, .. kernel_size], device, dtype);
        this.bias = bias ? NewParameter.Empty([out_channels], device, dtype) : null;
        reset_parameters();
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public bool transposed { get; }

    public long groups { get; set; }

    public long[] kernel_size { get; set; }

    public long[] stride { get; set; }

    public long[] dilation { get; set; }

    public long[] output_padding { get; set; }

    public PaddingModes padding_mode { get; set; }

    /// <summary>Null where the padding is given by name.</summary>
    public long[]? padding { get; private set; }

    /// <summary>Null where the padding is given in numbers.</summary>
    public Padding? padding_type { get; private set; }

    /// <summary>Channels out, channels in by group, then the kernel's axes; the first two the other way round if transposed.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => Replace(nameof(weight), ref _weight, value ?? throw new ArgumentNullException(nameof(value)));
    }

    public Parameter? bias
    {
        get => _bias;
        set => Replace(nameof(bias), ref _bias, value);
    }

    /// <summary>PyTorch's first values: uniform within 1/√(inputs of one output), the bias too.</summary>
    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        var (fanIn, _) = nn.init.CalculateFanInAndFanOut(weight);
        if (bias is not null && fanIn > 0)
        {
            nn.init.uniform_(bias, -1 / Math.Sqrt(fanIn), 1 / Math.Sqrt(fanIn));
        }
    }

    public void SetPadding(long[] padding)
    {
        this.padding = padding;
        padding_type = null;
        _border = [.. padding.Reverse().SelectMany(size => new[] { size, size })];
    }

    public void SetPadding(Padding padding)
    {
        if (transposed)
        {
            throw new ArgumentException("Cannot set padding type on ConvTransposeND", nameof(padding));
        }

        if (padding == Padding.Same && stride.Any(step => step != 1))
        {
            throw new ArgumentException("padding='same' is not supported for strided convolutions", nameof(padding));
        }

        this.padding = null;
        padding_type = padding;
        _border = [.. kernel_size.Zip(dilation).Reverse().SelectMany(axis => Around(padding, axis.First, axis.Second))];
    }

    private protected delegate Tensor Convolve(
        Tensor input, Tensor weight, Tensor? bias, long[]? strides, long[]? padding, long[]? dilation, long groups);

    private protected Tensor Run(Tensor input, Convolve convolve)
    {
        CheckChannels(input);
        if (padding_mode == PaddingModes.Zeros && padding is not null)
        {
            return convolve(input, weight, bias, stride, padding, dilation, groups);
        }

        var none = new long[kernel_size.Length];
        if (_border.All(size => size == 0))
        {
            return convolve(input, weight, bias, stride, none, dilation, groups);
        }

        using var padded = F.pad(input, _border, padding_mode);
        return convolve(padded, weight, bias, stride, none, dilation, groups);
    }

    private protected void CheckChannels(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shape = input.shape;
        var channelAxis = shape.Length - kernel_size.Length - 1;
        if (channelAxis is not (0 or 1) || shape[channelAxis] != in_channels)
        {
            throw new ArgumentException(
                $"Expected {kernel_size.Length + 1}D (unbatched) or {kernel_size.Length + 2}D (batched) input with {in_channels} channels "
                + $"to {GetName()}, got [{string.Join(", ", shape)}].",
                nameof(input));
        }
    }

    private static long[] Around(Padding padding, long kernel, long dilation)
    {
        var total = padding == Padding.Same ? dilation * (kernel - 1) : 0;
        return [total / 2, total - (total / 2)];
    }
}
