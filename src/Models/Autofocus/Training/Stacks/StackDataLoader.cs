using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Reads focal stacks, and sets some of them apart, or some rows of the only one; beside them come simulated planes.</summary>
internal sealed class StackDataLoader(DefocusTrainingOptions options, CancellationToken cancellation)
{
    private const ulong ValidationSeed = 0xF0C7;
    private const ulong PhantomSeed = 0xF0C8;
    private const int LeastPhantoms = 4;
    private const int PhantomsForEachOfValidation = 5;

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
        var rest = stacks[0].Height - options.Crop;
        if (rest < options.Crop)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, paths[0],
                $"{paths[0]} has {stacks[0].Height} rows, too few to keep {options.Crop} of them for validation; accepted: twice as many, smaller crops, or several stacks.");
        }

        // Rows that show nothing would judge nothing.
        var isLast = Last(stacks[0]).Places is var last && (last.IsAsGoodAs(stacks[0].Places) || last.Structure >= First(stacks[0]).Places.Structure);
        var split = $"the {(isLast ? "last" : "first")} {options.Crop} rows of the only stack";
        return Data([.. stacks.Select(stack => stack.Rows(isLast ? 0 : options.Crop, rest))], [.. stacks.Select(stack => isLast ? Last(stack) : First(stack))], 1, 0,
            $"{split}, which are of the same sample and the same planes: try the network on a stack that it has not seen");
    }

    private FocalStack First(FocalStack stack) => stack.Rows(0, options.Crop);

    private FocalStack Last(FocalStack stack) => stack.Rows(stack.Height - options.Crop, options.Crop);

    private DefocusData Data(FocalStack[] training, FocalStack[] validation, int files, int validationFiles, string split)
    {
        var frames = Enumerable.Range(0, options.ValidationFrames)
            .Select(i => validation[i % validation.Length].Draw(new SeededRandom(ValidationSeed, (ulong)i))).ToArray();
        var (planes, simulated) = options.IsMixed ? Simulated() : ([], []);
        return new DefocusData(planes, frames, files, validationFiles, split)
        {
            Stacks = training, Simulated = simulated,
            Notes = [.. training.Concat(files > 1 ? validation : []).Select(stack => stack.Summary), $"validation: {split}", Mixture()],
        };
    }

    // Validation simulates its frames of phantoms of its own.
    private (SharpPlane[] Training, DefocusFrame[] Validation) Simulated()
    {
        var loader = new DefocusDataLoader(options, cancellation);
        var own = loader.Phantoms(Math.Max(LeastPhantoms, options.Phantoms / PhantomsForEachOfValidation), PhantomSeed);
        return (loader.Phantoms(), loader.Validation(own));
    }

    private string Mixture() => options.IsMixed
        ? FormattableString.Invariant($"{100 * options.SimulatedShare:0}% of the steps learn from simulated frames of -10 to 10 µm; figures called simulated are of such frames")
        : "all steps learn from the stacks: what they do not show is forgotten";
}
