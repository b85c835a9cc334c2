using InferenceBridge.Benchmarks.Denoising;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Registration;

/// <summary>Moved images of one kind.</summary>
/// <param name="Name">Part of the figures' names.</param>
/// <param name="Images">Each with a field of its own.</param>
internal sealed record WarpedSet(string Name, IReadOnlyList<WarpedImage> Images)
{
    private const int FirstField = 49;
    private const int LastField = 60;
    private const int FieldsOfAMovie = 8;

    // How many images of a set to take, for a short try; all where it is not given.
    private const string LimitVariable = "INFERENCEBRIDGE_IMAGES";

    private static int Limit => int.TryParse(Environment.GetEnvironmentVariable(LimitVariable), out var limit) ? limit : int.MaxValue;

    /// <summary>Clean images of W2S, fields that training leaves out.</summary>
    public static WarpedSet W2s(string folder)
    {
        var names = from field in Enumerable.Range(FirstField, LastField - FirstField + 1) from channel in Enumerable.Range(0, 3) select $"{field:000}_{channel}.tif";
        return new WarpedSet("w2s", [.. names.Take(Limit).Select((name, number) => Warp(DenoisingSet.Plane(Path.Combine(folder, name)), (ulong)number))]);
    }

    /// <summary>The mean of a movie's frames, as they are or moved onto each other, moved by several fields.</summary>
    public static WarpedSet MeanOf(string name, MemoryVolume movie)
    {
        var (shape, values) = (movie.Info.Shape, movie.ToSingles());
        var size = (int)shape.PlaneElementCount;
        var mean = Enumerable.Range(0, size).Select(i => (float)Enumerable.Range(0, (int)shape.PlaneCount).Average(plane => (double)values[(plane * size) + i])).ToArray();
        using var image = MemoryVolume.FromSingles(mean, new VolumeShape(1, shape.Height, shape.Width));
        return new WarpedSet(name, [.. Enumerable.Range(0, Math.Min(Limit, FieldsOfAMovie)).Select(number => Warp(image, 1000 + (ulong)number))]);
    }

    private static WarpedImage Warp(MemoryVolume image, ulong seed) =>
        WarpedImage.Create(image.ToSingles(), image.Info.Shape.Height, image.Info.Shape.Width, new SeededRandom(seed, stream: 1));
}
