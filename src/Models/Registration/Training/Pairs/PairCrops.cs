using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Pairs from random places of clean images, each file as likely as the others.</summary>
/// <param name="images">The images of each file; none smaller than the crops.</param>
/// <param name="options">How pairs are made.</param>
internal sealed class PairCrops(IReadOnlyList<IReadOnlyList<CleanImage>> images, PairOptions options) : ICropSource
{
    public void Draw(Crop crop, SeededRandom random)
    {
        var file = images[random.NextIndex(images.Count)];
        var image = file[random.NextIndex(file.Count)];
        var placement = CropPlacement.Draw(image.Height, image.Width, crop.Size, options.SmallestScale, options.LargestScale, random);
        var field = KnownField.Draw(options.Field, crop.Size, random);
        if (!MotionPair.Fill(image, placement, field, random.NextUniform() < 0.5, options.Appearance, crop, random))
        {
            // A field that folds has no inverse.
            crop.Weight.Fill(1);
            MotionPair.Fill(image, placement, field, movesFrame: false, options.Appearance, crop, random);
        }
    }
}
