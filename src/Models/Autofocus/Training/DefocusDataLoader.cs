using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models.Training;

/// <summary>Reads sharp images, adds phantoms, and renders the frames to judge by.</summary>
internal sealed class DefocusDataLoader(DefocusTrainingOptions options, CancellationToken cancellation)
{
    private const int PhantomSide = 512;
    private const ulong PhantomSeed = 0xF0C5;
    private const ulong ValidationSeed = 0xF0C6;
    private const double LargestDefocus = 10.25;

    /// <exception cref="InferenceException">An image: the file, and what is accepted.</exception>
    public DefocusData Load()
    {
        var paths = ImageFiles.Find("data", options.Data);
        if (paths.Count == 1)
        {
            throw new InferenceException(InferenceError.InputMissing, "data",
                $"{options.Data} is one file; accepted: two or more sharp images, of which the last by name are kept for validation.");
        }

        var kept = FileSplit.Count(paths, options.Validation);
        var planes = paths.SkipLast(kept).SelectMany(Read).ToList();
        planes.AddRange(Phantoms());
        var validation = Validation([.. paths.TakeLast(kept).SelectMany(Read)]);
        return new DefocusData(planes, validation, paths.Count - kept, kept, $"the last {kept} of {paths.Count} files");
    }

    private IEnumerable<SharpPlane> Read(string path) => ChannelReader.Read(path, SequenceAxis.T, cancellation).SelectMany(channel =>
        channel.Height >= DefocusInput.ShortestSide && channel.Width >= DefocusInput.ShortestSide
            ? channel.Planes.Select(plane => SharpPlane.Of(channel.Name, channel.Height, channel.Width, plane))
            : throw new InferenceException(InferenceError.ShapeMismatch, path,
                $"{channel.Name} has {channel.Height}×{channel.Width} pixels; accepted: at least {DefocusInput.ShortestSide}×{DefocusInput.ShortestSide}."));

    /// <summary>The simulated sharp planes to learn from.</summary>
    internal SharpPlane[] Phantoms() => Phantoms(options.Phantoms, PhantomSeed);

    /// <summary>Simulated sharp planes.</summary>
    internal SharpPlane[] Phantoms(int count, ulong seed)
    {
        var phantoms = new SharpPlane[count];
        Parallel.For(0, phantoms.Length, new ParallelOptions { CancellationToken = cancellation },
            i => phantoms[i] = SharpPhantom.Create(i, PhantomSide, seed));
        return phantoms;
    }

    /// <summary>Rendered frames of sharp planes.</summary>
    internal DefocusFrame[] Validation(SharpPlane[] planes)
    {
        var isSpectral = DefocusArchitectures.IsSpectral(options.Network);
        var frames = new DefocusFrame[options.ValidationFrames];
        Parallel.For(0, frames.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var random = new SeededRandom(ValidationSeed, (ulong)i);
            var truth = options.Microscopes.Draw(random);
            var told = options.Microscopes.Told(truth, random);
            var defocus = random.NextUniform(-LargestDefocus, LargestDefocus);
            var size = isSpectral ? ObjectSpectra.Sizes[0] : options.Crop;
            frames[i] = DefocusFrame.Of(SimulatedFrame.Render(planes, size, truth, told, options.Exposure.Draw(random), defocus, random), isSpectral);
        });
        return frames;
    }
}
