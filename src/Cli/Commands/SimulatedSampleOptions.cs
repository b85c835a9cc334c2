using System.CommandLine;
using System.Globalization;
using InferenceBridge.Client;
using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Cli;

/// <summary>The options of ib simulate-microscope for what it looks at.</summary>
internal sealed class SimulatedSampleOptions
{
    private const int PhantomHeight = 512;
    private const int PhantomWidth = 800;

    private readonly Option<string?> _stack = new("--stack") { Description = "TIFF with the planes of a focal stack, which the camera sees; or a folder with a TIFF for each, in the order of their names.", HelpName = "FILE" };
    private readonly Option<double?> _step = new("--z-step") { Description = "Distance of the stack's planes. Default: the file's.", HelpName = "UM" };
    private readonly Option<double?> _focus = new("--focus") { Description = "The stack's plane in focus, counted from 0. Default: where its metrics are highest.", HelpName = "PLANE" };
    private readonly Option<string?> _image = new("--image") { Description = "TIFF with a sharp image, which is defocused by the optics (na, wavelength, index). Without it and --stack: a phantom.", HelpName = "FILE" };
    private readonly Option<double?> _pixel = new("--pixel-size") { Description = "Side of a pixel in the sample. Default: the file's, or 0.1625.", HelpName = "UM" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _stack, _step, _focus, _image, _pixel })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Makes the sample.</summary>
    public async Task<SimulatedSample> CreateAsync(ParseResult parsed, MicroscopeJob job, InferenceBridgeClient client, CancellationToken cancellation)
    {
        var (stack, image) = (parsed.GetValue(_stack), parsed.GetValue(_image));
        if (stack is not null && image is not null)
        {
            throw new InferenceException(InferenceError.UsageInvalid, "image", "--stack and --image are both given; accepted: one of them.");
        }

        return stack is not null ? await OfStackAsync(parsed, stack, client, cancellation) : OfImage(parsed, image, job);
    }

    private async Task<SimulatedSample> OfStackAsync(ParseResult parsed, string path, InferenceBridgeClient client, CancellationToken cancellation)
    {
        using var file = PlaneFiles.Open(path);
        var known = FramesOfSlices.Applies(file.Info) && file.Info.Calibration.VoxelSizeMicrometres is { Z: > 0 } size ? size.Z : (double?)null;
        var step = parsed.GetValue(_step) ?? known ?? throw new InferenceException(InferenceError.UsageInvalid, "z-step",
            $"{path} does not tell the distance of its planes; accepted: --z-step UM.");
        var focus = parsed.GetValue(_focus);
        if (focus is null)
        {
            var found = await new FocusStackJob("autofocus/metrics", path) { Step = step }.RunAsync(client, null, cancellation);
            focus = found.Best is { Peak.Kind: FocusPeakKind.Inside } best ? best.Peak.Z / step : found.BestPlane;
        }

        var sample = new FocalStackSample(MemoryVolume.From(file), step, focus.Value);
        sample.PixelMicrometres = parsed.GetValue(_pixel) ?? sample.PixelMicrometres;
        return new SimulatedSample(sample, string.Create(CultureInfo.InvariantCulture,
            $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(path))}, {file.Info.Shape.PlaneCount} planes of {step} µm, in focus at plane {focus.Value:0.##}; it shows {sample.Range.Low:0.##} to {sample.Range.High:0.##} µm"));
    }

    private SimulatedSample OfImage(ParseResult parsed, string? path, MicroscopeJob job)
    {
        var (sharp, height, width, known, name) = path is null ? Phantom(job) : Read(path);
        var pixel = parsed.GetValue(_pixel) ?? known ?? throw new InferenceException(InferenceError.UsageInvalid, "pixel-size",
            $"{path} does not tell its pixel size; accepted: --pixel-size UM.");
        var optics = job.Optics(pixel);
        var sample = new DefocusedSample(sharp, height, width, optics, 2 * job.Instrument.Stage.Maximum);
        return new SimulatedSample(sample, string.Create(CultureInfo.InvariantCulture,
            $"{name}, {width}×{height} pixels of {pixel:0.####} µm, NA {optics.NumericalAperture}, {optics.WavelengthNm} nm, depth of field {optics.DepthOfField:0.00} µm"))
        {
            DepthOfField = optics.DepthOfField,
        };
    }

    private static (float[] Sharp, int Height, int Width, double? Pixel, string Name) Read(string path)
    {
        using var file = VolumeFile.OpenRead(path);
        var plane = new float[checked((int)file.Info.Shape.PlaneElementCount)];
        file.ReadPlane(0, plane);
        return (plane, file.Info.Shape.Height, file.Info.Shape.Width, file.Info.Calibration.VoxelSizeMicrometres?.X, Path.GetFileName(path));
    }

    private static (float[] Sharp, int Height, int Width, double? Pixel, string Name) Phantom(MicroscopeJob job)
    {
        const double pixel = 0.1625;
        var options = new PhantomOptions { Kind = PhantomKind.Tubules, Depth = 1, Height = PhantomHeight, Width = PhantomWidth, VoxelSizeXY = pixel, Seed = job.Instrument.Seed };
        return (InferenceBridge.Imaging.Phantom.Create(options).Truth.ToSingles(), PhantomHeight, PhantomWidth, pixel, "phantom of tubules");
    }
}

/// <summary>What a virtual microscope looks at, in words too.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Description">For people.</param>
internal sealed record SimulatedSample(IFocalSample Sample, string Description) : IDisposable
{
    /// <summary>In µm; null where it is not known.</summary>
    public double? DepthOfField { get; init; }

    public void Dispose() => (Sample as IDisposable)?.Dispose();
}
