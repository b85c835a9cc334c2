using System.Text;
using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Writes a trained network as a model package that the server serves.</summary>
public static class DefocusPackage
{
    private const string InputName = "test_input.npy";
    private const string OutputName = "test_output.npy";

    // Of logarithms of probabilities, which are some tens apart.
    private const double Tolerance = 0.01;

    /// <summary>Writes or replaces the files of a package in a folder, which is made where it is missing.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Write(string folder, DefocusTrainingResult result) =>
        TrainedPackageWriter.Write(folder, result.Network, result.Options.Labels, () => Test(result), () => Description(folder, result), result.Options.ReportFolder);

    /// <summary>A simulated frame and what the network makes of it: the user's own stay where they are.</summary>
    private static Dictionary<string, Tensor> Test(DefocusTrainingResult result)
    {
        var frame = Frame(result.Options);
        var input = tensor(frame.Input, frame.Shape);
        return new Dictionary<string, Tensor>
        {
            [InputName] = input, [OutputName] = result.Network.call(input.to(result.Device)).cpu().contiguous(),
        };
    }

    private static DefocusFrame Frame(DefocusTrainingOptions options)
    {
        var optics = new FocusOptics
        {
            NumericalAperture = 0.8, WavelengthNm = 550, ImmersionIndex = 1, PixelMicrometres = 0.2, SphericalWaves = 0.2,
        };
        var plane = SharpPhantom.Create(1, options.Crop, 1);
        var frame = SimulatedFrame.Render([plane], options.Crop, optics, optics, new FocusCamera(), 3, new SeededRandom(1));
        return DefocusFrame.Of(frame, DefocusArchitectures.IsSpectral(options.Network));
    }

    private static string Description(string folder, DefocusTrainingResult result)
    {
        var (options, labels) = (result.Options, result.Options.Labels);
        var isSpectral = DefocusArchitectures.IsSpectral(options.Network);
        var data = labels.TrainingData ?? Path.GetFileName(Path.GetFullPath(options.Data));
        var text = new StringBuilder();
        TrainedPackageWriter.Head(text, folder, labels,
            $"Autofocus network {options.Network}: probabilities of a frame's defocus, 41 classes of -10 to 10 um by 0.5 um, as logarithms but for a constant.",
            $"{data} ({result.Data.Files} {(result.Data.Files == 1 ? "file" : "files")} to train, {result.Data.ValidationFiles} to validate), {Kind(options)}"
            + (options.Microscopes.Own is { } own ? $", of one microscope ({Words(own)})" : "")
            + (result.Start is { } start ? $", from {start}" : ""));
        text.AppendLine("inputs:");
        var rows = isSpectral ? SpectralRows() : ["intensity"];
        var side = $"{{min: {DefocusInput.ShortestSide}, step: 32}}";
        TrainedPackageWriter.Tensor(text, folder, isSpectral ? "spectra" : "frame", rows, isSpectral ? "1" : side, isSpectral ? $"{SpectralBins.Count}" : side, InputName);
        text.AppendLine("outputs:");
        TrainedPackageWriter.Tensor(text, folder, "classes", Classes(), "1", "1", OutputName);
        TrainedPackageWriter.Network(text, folder, labels, options.Network, options.NetworkSettings, Tolerance);
        text.AppendLine("    context: global");
        TrainedPackageWriter.Result(text, labels, result.Outcome);
        return text.ToString();
    }

    private static string Kind(DefocusTrainingOptions options) =>
        options.ZStep is null ? $"{options.Phantoms} phantoms; defocus and noise are simulated"
        : options.IsMixed ? FormattableString.Invariant($"real focal stacks and, in {100 * options.SimulatedShare:0}% of the steps, simulated frames of {options.Phantoms} phantoms")
        : "real focal stacks";

    private static string Words(FocusOptics optics) => TrainedPackageWriter.Invariant(
        $"aperture {optics.NumericalAperture}, {optics.WavelengthNm} nm, index {optics.ImmersionIndex}, pixels of {optics.PixelMicrometres} um, {optics.SphericalWaves} waves");

    private static IEnumerable<string> SpectralRows() =>
        ["spectrum", "weight", "frequency_over_cutoff", "log_frequency", "periodic_spectrum", "periodic_weight", .. Classes().Select(name => $"transfer_{name}")];

    private static IEnumerable<string> Classes() => DefocusClasses.Micrometres.Select(z => TrainedPackageWriter.Invariant($"um{z:+0.0;-0.0;0.0}"));
}
