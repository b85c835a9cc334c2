using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>A pair whose displacements are known, to judge networks by: a clean template, a frame with shot noise, the same whenever it is made.</summary>
/// <param name="Name">The image that it is made from.</param>
/// <param name="Size">Rows and columns.</param>
/// <param name="Input">Template, then frame.</param>
/// <param name="Target">Displacements along y, then along x.</param>
/// <param name="Textured">For each pixel, whether there is structure to go by.</param>
internal sealed record ValidationPair(string Name, int Size, float[] Input, float[] Target, bool[] Textured)
{
    private const int LargestSide = 512;
    private const ulong Seed = 0xF10E;

    /// <summary>Makes a pair from the middle of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="number">Number of the pair, which decides on its field and noise.</param>
    /// <param name="appearance">How the frame differs beside its motion.</param>
    /// <param name="length">The longest displacement, in px.</param>
    /// <param name="largestSide">Rows and columns at most.</param>
    public static ValidationPair Create(CleanImage image, int number, AppearanceOptions appearance, double length, int largestSide = LargestSide)
    {
        var size = Math.Min(largestSide, Math.Min(image.Height, image.Width));
        var (input, target) = (new float[2 * size * size], new float[2 * size * size]);
        var placement = CropPlacement.Middle(image.Height, image.Width, size, size);
        var random = new SeededRandom(Seed, (ulong)number);
        var field = KnownField.Draw(new FieldOptions(), length, size, size, random);
        MotionPair.Fill(image, placement, field, movesFrame: false, appearance,
            new Crop(input, target, new float[size * size], 0, 2, size, 2), random);
        return new ValidationPair(image.Name, size, input, target, TexturedHalf.Of(input.AsSpan(0, size * size), size, size));
    }
}
