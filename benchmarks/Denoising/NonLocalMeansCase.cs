using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Denoising;

/// <summary>One setting of non-local means, the same for ours and the peer.</summary>
/// <param name="Dimensions">"2d" or "3d".</param>
/// <param name="Shape">Size of the stack.</param>
/// <param name="PatchSize">Edge of a patch in px.</param>
/// <param name="Distance">Largest shift in px.</param>
/// <param name="Rounds">Rounds to take the median of.</param>
internal sealed record NonLocalMeansCase(string Dimensions, VolumeShape Shape, int PatchSize, int Distance, int Rounds)
{
    /// <summary>Strength, for an image in [0, 1].</summary>
    public const double Strength = 0.04;

    /// <summary>Standard deviation of the noise that is subtracted, for an image in [0, 1].</summary>
    public const double Noise = 0.05;

    public Dictionary<string, object> Parameters => new()
    {
        ["dimensions"] = Dimensions,
        ["patch_size"] = (long)PatchSize,
        ["patch_distance"] = (long)Distance,
        ["h"] = Strength,
        ["sigma"] = Noise,
        ["subtract_noise"] = true,
        ["weights"] = "box",
    };

    public RunRequest Request => new("denoise/nlm")
    {
        Parameters = Parameters.ToDictionary(p => p.Key, p => p.Value switch
        {
            long value => ParameterValue.FromInt64(value),
            double value => ParameterValue.FromDouble(value),
            bool value => ParameterValue.FromBoolean(value),
            var value => ParameterValue.FromString((string)value),
        }),
    };
}
