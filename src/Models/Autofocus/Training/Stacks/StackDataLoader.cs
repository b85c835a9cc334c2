using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Reads focal stacks, and sets some of them apart, or the last rows of the only one.</summary>
internal sealed class StackDataLoader(DefocusTrainingOptions options, CancellationToken cancellation)
{
    private const ulong ValidationSeed = 0xF0C7;

    /// <exception cref="InferenceException">A stack: the file, and what is accepted.</exception>
    public DefocusData Load()
    {
        var paths = ImageFiles.Find("data", options.Data);
        var reader = new FocalStackReader(options, cancellation);
        if (paths.Count > 1)
        {
            var kept = FileSplit.Count(paths, options.Validation);
            return Data([.. paths.SkipLast(kept).SelectMany(reader.Read)], [.. paths.TakeLast(kept).SelectMany(reader.Read)],
                paths.Count - kept, kept, $"the last {kept} of {paths.Count} files");
        }

        var stacks = reader.Read(paths[0]);
        var first = stacks[0].Height - options.Crop;
        return first >= options.Crop
            ? Data([.. stacks.Select(stack => stack.Rows(0, first))], [.. stacks.Select(stack => stack.Rows(first, options.Crop))], 1, 0, $"the last {options.Crop} rows")
            : throw new InferenceException(InferenceError.ShapeMismatch, paths[0],
                $"{paths[0]} has {stacks[0].Height} rows, too few to keep {options.Crop} of them for validation; accepted: twice as many, smaller crops, or several stacks.");
    }

    private DefocusData Data(FocalStack[] training, FocalStack[] validation, int files, int validationFiles, string split)
    {
        var frames = Enumerable.Range(0, options.ValidationFrames)
            .Select(i => validation[i % validation.Length].Draw(new SeededRandom(ValidationSeed, (ulong)i))).ToArray();
        return new DefocusData([], frames, files, validationFiles, split) { Stacks = training };
    }
}
