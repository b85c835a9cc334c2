using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Where crops come from. Crops of one batch are drawn at the same time on several threads.</summary>
internal interface ICropSource
{
    /// <summary>Fills a crop; the same numbers from <paramref name="random"/> give the same crop.</summary>
    void Draw(Crop crop, SeededRandom random);
}
