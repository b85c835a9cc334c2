using System.CommandLine;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>ib sample: simulated data with its ground truth.</summary>
internal static class SampleCommand
{
    private const string Psf = "psf";
    private const string Movie = "movie";

    public static Command Create()
    {
        string[] kinds = [.. Enum.GetNames<PhantomKind>().Select(name => name.ToLowerInvariant()), Movie, Psf];
        var accepted = string.Join(", ", kinds);
        var kind = new Argument<string>("KIND") { Description = $"What to simulate: {accepted}." };
        kind.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !kinds.Contains(token.Value))
            {
                result.AddError($"KIND is \"{token.Value}\"; accepted: {accepted}.");
            }
        });
        var output = new Argument<string>("OUTPUT")
        {
            Description = "TIFF to write. Beside it come NAME-truth.tif (the specimen), NAME-blurred.tif (without noise) and NAME-psf.tif; of a movie NAME-still.tif "
                + "(unmoved, without noise) and NAME-fields.tif (displacements); psf writes only itself.",
        };
        var options = new SampleOptions();
        var outputOptions = new OutputOptions();
        var command = new Command("sample",
            "Simulate a fluorescence stack: a specimen, blurred by a Gaussian PSF, with Poisson and read noise; or a movie of tubules that move.")
        {
            kind, output,
        };
        options.AddTo(command);
        outputOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(output);
            OutputFile.CheckWritable(path);
            var name = parsed.GetRequiredValue(kind);
            var files = name switch
            {
                Psf => [(path, CreatePsf(options, parsed))],
                Movie => CreateMovie(path, options.Phantom(parsed, PhantomKind.Tubules), options.Movie(parsed), cancellation),
                _ => CreateSample(path, options.Phantom(parsed, Enum.Parse<PhantomKind>(name, ignoreCase: true)), cancellation),
            };
            VolumeFiles.Write(files, outputOptions.Read(parsed), cancellation);
            foreach (var (file, _) in files)
            {
                parsed.InvocationConfiguration.Output.WriteLine(file);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static (string Path, IVolumeReader Volume)[] CreateSample(string path, PhantomOptions options, CancellationToken cancellation)
    {
        var sample = Phantom.Create(options, cancellation);
        var voxel = new VoxelSize(options.VoxelSizeZ, options.VoxelSizeXY, options.VoxelSizeXY);
        return
        [
            (path, sample.Noisy),
            (OutputFile.Beside(path, "truth"), sample.Truth),
            (OutputFile.Beside(path, "blurred"), sample.Blurred),
            (OutputFile.Beside(path, Psf), PsfVolume.Create(options.Optics, voxel, options.Shape)),
        ];
    }

    private static (string Path, IVolumeReader Volume)[] CreateMovie(
        string path, PhantomOptions options, MovieOptions movie, CancellationToken cancellation)
    {
        var sample = PhantomMovie.Create(options, movie, cancellation);
        return [(path, sample.Noisy), (OutputFile.Beside(path, "still"), sample.Still), (OutputFile.Beside(path, "fields"), sample.Displacements)];
    }

    private static MemoryVolume CreatePsf(SampleOptions options, ParseResult parsed)
    {
        var optics = options.Optics(parsed);
        if (options.Like(parsed) is not { } like)
        {
            return PsfVolume.Create(optics, options.VoxelOrDefault(parsed), limit: null);
        }

        using var image = VolumeFile.OpenRead(like);
        var voxel = options.Voxel(parsed) ?? (image.Info.Calibration.VoxelSizeMicrometres is { } size
            ? new VoxelSize(size.Z, size.Y, size.X)
            : throw new InferenceException(InferenceError.UsageInvalid, "voxel-size",
                $"{like} does not tell its voxel size; accepted: --voxel-size Z,Y,X in µm beside --like."));
        return PsfVolume.Create(optics, voxel, image.Info.Shape);
    }
}
