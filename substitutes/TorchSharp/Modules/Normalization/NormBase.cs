using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What normalisations with running statistics by channel have in common.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    private Parameter? _weight;
    private Parameter? _bias;

    private protected NormBase(NormOptions options, string name)
        : base(name)
    {
        (num_features, eps, momentum) = (options.Features, options.Eps, options.Momentum);
        (affine, track_running_stats) = (options.Affine, options.TrackRunningStats);
        if (affine)
        {
            weight = NewParameter.Full([num_features], 1, options.Device, options.Dtype);
            bias = NewParameter.Full([num_features], 0, options.Device, options.Dtype);
        }

        if (track_running_stats)
        {
            register_buffer(nameof(running_mean), zeros(num_features, options.Dtype, options.Device));
            register_buffer(nameof(running_var), ones(num_features, options.Dtype, options.Device));
            register_buffer(nameof(num_batches_tracked), zeros([], ScalarType.Int64, options.Device));
            (running_mean, running_var, num_batches_tracked) =
                (get_buffer(nameof(running_mean)), get_buffer(nameof(running_var)), get_buffer(nameof(num_batches_tracked)));
        }
    }

    public long num_features { get; }

    public double eps { get; set; }

    /// <summary>Weight of the newest batch in the running statistics; null for the mean of all.</summary>
    public double? momentum { get; set; }

    public bool affine { get; }

    public bool track_running_stats { get; }

    public Tensor? running_mean { get; }

    public Tensor? running_var { get; }

    public Tensor? num_batches_tracked { get; }

    public Parameter? weight
    {
        get => _weight;
        set => Replace(nameof(weight), ref _weight, value);
    }

    public Parameter? bias
    {
        get => _bias;
        set => Replace(nameof(bias), ref _bias, value);
    }

    public void reset_running_stats()
    {
        running_mean?.zero_();
        running_var?.fill_(1);
        num_batches_tracked?.zero_();
    }

    public void reset_parameters()
    {
        reset_running_stats();
        if (weight is not null && bias is not null)
        {
            nn.init.ones_(weight);
            nn.init.zeros_(bias);
        }
    }

    private protected static void CheckDimensions(Tensor input, params ReadOnlySpan<int> allowed)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!allowed.Contains((int)input.ndim))
        {
            throw new ArgumentException($"expected {string.Join("D or ", allowed.ToArray())}D input, but got {input.ndim}D input.", nameof(input));
        }
    }
}

/// <summary>Settings of a <see cref="NormBase"/>.</summary>
internal readonly record struct NormOptions(
    long Features, double Eps, double Momentum, bool Affine, bool TrackRunningStats, Device? Device, ScalarType? Dtype);
