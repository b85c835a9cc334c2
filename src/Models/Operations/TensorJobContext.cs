using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>What a tensor job starts with.</summary>
/// <param name="Request">What was known before the pixels came.</param>
/// <param name="Auxiliaries">Pixels of auxiliary volumes by name, in memory.</param>
/// <param name="Statistics">Statistics over the whole image; null unless the plan asked for them.</param>
/// <param name="Device">Device to run on.</param>
public sealed record TensorJobContext(
    TensorJobRequest Request, IReadOnlyDictionary<string, MemoryVolume> Auxiliaries, IntensityStatistics? Statistics, Device Device)
{
    /// <summary>What the plan's <see cref="TensorJobPlan.FirstPass"/> has become; null where there was none.</summary>
    public IImagePass? FirstPass { get; init; }

    /// <summary>Checked parameters.</summary>
    public ParameterSet Parameters => Request.Parameters;
}
