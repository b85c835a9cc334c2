using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Crops of two sources in random order.</summary>
/// <param name="first">One source.</param>
/// <param name="second">The other.</param>
/// <param name="secondShare">Share of the second, 0 to 1.</param>
internal sealed class MixedCrops(ICropSource first, ICropSource second, double secondShare) : ICropSource
{
    public void Draw(Crop crop, SeededRandom random) => (random.NextUniform() < secondShare ? second : first).Draw(crop, random);
}
