using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Pairs from random places of clean images, each file as likely as the others, and of textures.</summary>
internal sealed class PairCrops : ICropSource
{
    // Three in five as they are; the others denser.
    private static readonly int[] Binnings = [1, 1, 1, 2, 3];

    private readonly CleanImage[][][] _files;
    private readonly IReadOnlyList<CleanImage> _textures;
    private readonly PairOptions _options;

    /// <param name="files">The images of each file; none smaller than the crops.</param>
    /// <param name="textures">Images without a file; none, or none smaller than the crops.</param>
    /// <param name="options">How pairs are made.</param>
    public PairCrops(IReadOnlyList<IReadOnlyList<CleanImage>> files, IReadOnlyList<CleanImage> textures, PairOptions options)
    {
        (_textures, _options) = (textures, options);
        _files = [.. files.Select(images => images.Select(image =>
            Enumerable.Range(1, Binnings.Max()).Where(factor => factor <= Math.Min(image.Height, image.Width)).Select(image.Binned).ToArray()).ToArray())];
    }

    public void Draw(Crop crop, SeededRandom random)
    {
        var image = Draw(crop.Size, random);
        var placement = CropPlacement.Draw(image.Height, image.Width, crop.Size, _options.SmallestScale, _options.LargestScale, random);
        var field = KnownField.Draw(_options.Field, crop.Size, random);
        if (!MotionPair.Fill(image, placement, field, random.NextUniform() < 0.5, _options.Appearance, crop, random))
        {
            // A field that folds has no inverse.
            crop.Weight.Fill(1);
            MotionPair.Fill(image, placement, field, movesFrame: false, _options.Appearance, crop, random);
        }
    }

    private CleanImage Draw(int size, SeededRandom random)
    {
        if (_textures.Count > 0 && random.NextUniform() < _options.TextureShare)
        {
            return _textures[random.NextIndex(_textures.Count)];
        }

        var file = _files[random.NextIndex(_files.Length)];
        var binnings = file[random.NextIndex(file.Length)];
        var factor = Binnings[random.NextIndex(Binnings.Length)];
        while (factor > 1 && (factor > binnings.Length || Math.Min(binnings[factor - 1].Height, binnings[factor - 1].Width) < size))
        {
            factor--;
        }

        return binnings[factor - 1];
    }
}
