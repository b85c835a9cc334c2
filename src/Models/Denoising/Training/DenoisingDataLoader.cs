using System.Diagnostics;

namespace InferenceBridge.Models.Training;

/// <summary>Reads and prepares what a mode learns from.</summary>
internal sealed class DenoisingDataLoader(DenoisingTrainingOptions options, CancellationToken cancellation)
{
    private const int LargestValidationSide = 256;
    private const int LargestValidationCount = 12;

    private readonly Augmentation _augmentation = new() { Brightness = options.Brightness / StabilisedDomain.Scale };
    private readonly SimulatedNoise _noise = new() { MinimumPhotons = options.MinimumPhotons, MaximumPhotons = options.MaximumPhotons };

    public DenoisingData Load() => options.Mode switch
    {
        DenoisingMode.Supervised => Supervised(),
        DenoisingMode.Simulated => Simulated(),
        DenoisingMode.Noise2Noise => FromNoisy(2, fields => new RepeatCrops(fields, _augmentation)),
        DenoisingMode.Neighbours => FromNoisy(options.Channels + 1, fields => Crops(fields, NeighbourExamples.Of)),
        DenoisingMode.Noise2Void => FromNoisy(1, fields => new BlindSpotCrops(Crops(fields, BlindSpotExamples.Of))),
        _ => throw new UnreachableException($"Unmapped mode {options.Mode}."),
    };

    private DenoisingData Supervised()
    {
        var pairs = ImageFiles.Pair(options.Data!, options.Clean);
        var fields = pairs.SelectMany(pair =>
        {
            var noisy = Read(pair.Noisy);
            var clean = Read(pair.Clean);
            return noisy.Count == clean.Count
                ? noisy.Zip(clean, (n, c) => DenoisingField.Create(Fit(n), c))
                : throw new InferenceException(InferenceError.ShapeMismatch, pair.Clean,
                    $"{pair.Clean} has {clean.Count} channels, and {pair.Noisy} has {noisy.Count}; accepted: equal sizes.");
        }).ToArray();
        var (training, validation, how) = DataSplit.Of(fields, options.Validation, options.Crop, 1);
        ICropSource crops = Crops(training, SupervisedExamples.Of);
        if (options.SimulatedShare > 0)
        {
            var light = training.SelectMany(field => CleanLight.Of(field.Clean!, options.Channels)).Concat(Phantoms(0, options.Phantoms));
            crops = new MixedCrops(crops, new SimulatedNoiseCrops(new ExampleCrops([.. light], new Augmentation()), _noise), options.SimulatedShare);
        }

        return new DenoisingData(crops, null, Images(validation), Files(training), Files(validation), how);
    }

    private DenoisingData Simulated()
    {
        TrainingExample[] training, validation;
        string how;
        var (files, validationFiles) = (0, 0);
        if (options.Data is { } data)
        {
            var paths = ImageFiles.Find("data", data);
            var count = Math.Clamp((int)Math.Round(options.Validation * paths.Count), paths.Count > 1 ? 1 : 0, paths.Count);
            TrainingExample[] Light(IEnumerable<string> some) =>
                [.. some.SelectMany(Read).SelectMany(clean => CleanLight.Of(Fit(clean), options.Channels))];
            training = Light(paths.Take(paths.Count - count));
            validation = count > 0 ? Light(paths.Skip(paths.Count - count)) : training;
            (files, validationFiles) = (paths.Count - count, count);
            how = count > 0 ? $"the last {count} of {paths.Count} files" : "none: there is a single file";
        }
        else
        {
            var count = Math.Max(1, (int)Math.Round(options.Validation * options.Phantoms));
            training = [.. Phantoms(0, options.Phantoms - count)];
            validation = [.. Phantoms(options.Phantoms - count, count)];
            (files, validationFiles) = (options.Phantoms - count, count);
            how = $"the last {count} of {options.Phantoms} specimens";
        }

        return new DenoisingData(
            new SimulatedNoiseCrops(new ExampleCrops(training, new Augmentation()), _noise), null,
            [.. Spread(validation).Select((example, i) => SimulatedImage.Create(example, options, i))], files, validationFiles, how);
    }

    private DenoisingData FromNoisy(int leastPlanes, Func<IReadOnlyList<DenoisingField>, ICropSource> crops)
    {
        var fields = ImageFiles.Find("data", options.Data!).SelectMany(Read).Select(channel => DenoisingField.Create(Sequence(Fit(channel), leastPlanes))).ToArray();
        if (options.Mode == DenoisingMode.Noise2Noise && options.Channels > 1)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "channels",
                $"channels is {options.Channels}, and in mode noise2noise planes are repeats, not neighbours; accepted: 1.");
        }

        var (training, validation, how) = DataSplit.Of(fields, options.Validation, options.Crop, leastPlanes);
        return new DenoisingData(crops(training), crops(validation), Images(validation), Files(training), Files(validation), how);
    }

    private IReadOnlyList<ChannelImages> Read(string path) => ChannelReader.Read(path, options.Axis, cancellation);

    private ChannelImages Fit(ChannelImages images) => images.Height >= options.Crop && images.Width >= options.Crop
        ? images
        : throw new InferenceException(InferenceError.ShapeMismatch, images.File,
            $"{images.Name} has {images.Height}×{images.Width} pixels, less than crops of {options.Crop}×{options.Crop}; accepted: "
            + "larger images, or smaller crops.");

    private ChannelImages Sequence(ChannelImages images, int leastPlanes) => images.Series[0].Length >= leastPlanes
        ? images
        : throw new InferenceException(InferenceError.ShapeMismatch, images.File,
            $"{images.Name} has {images.Series[0].Length} planes in sequence, and mode {options.Mode.ToString().ToLowerInvariant()} "
            + $"with {options.Channels} channels needs {leastPlanes}; accepted: stacks or time series, or mode noise2void, which takes single images.");

    private ExampleCrops Crops(IReadOnlyList<DenoisingField> fields, Func<DenoisingField, int, IEnumerable<TrainingExample>> examples) =>
        new([.. fields.SelectMany(field => examples(field, options.Channels))], _augmentation);

    private IEnumerable<TrainingExample> Phantoms(int first, int count) => Enumerable.Range(first, count)
        .SelectMany(number => CleanLight.Of(CleanLight.Phantom(number, options.Seed, cancellation), options.Channels));

    private ValidationImage[] Images(IReadOnlyList<DenoisingField> fields) =>
        [.. Spread([.. fields.SelectMany(field => ValidationImage.Of(field, options.Channels, LargestValidationSide))])];

    private static int Files(IReadOnlyList<DenoisingField> fields) => fields.Select(field => field.Images.File).Distinct().Count();

    // One of each of as many parts, and not the first of all: files often come in sets, such as a field's channels.
    internal static IEnumerable<T> Spread<T>(T[] all)
    {
        var count = Math.Min(all.Length, LargestValidationCount);
        return Enumerable.Range(0, count).Select(i =>
        {
            var (first, end) = (all.Length * i / count, all.Length * (i + 1) / count);
            return all[first + (i % (end - first))];
        });
    }
}
