using System.CommandLine;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Cli;

/// <summary>The options of ib train registration, with the defaults of <see cref="RegistrationTrainingOptions"/>.</summary>
internal sealed class TrainRegistrationOptions
{
    private static readonly RegistrationTrainingOptions Defaults = new() { Data = "", ReportFolder = "" };

    private readonly Option<string> _data = new("--data")
    {
        Description = "TIFF, or folder of TIFFs: images and movies of what you record.", HelpName = "PATH", Required = true,
    };

    private readonly Option<RegistrationMode> _mode = TrainingFlags.Option("--mode", Defaults.Mode,
        "What to learn from: supervised pairs that are made from the images, whose motion is known; self: the movies' own frames.", "MODE");

    private readonly Option<string> _selfLoss = TrainingFlags.Option("--self-loss", Defaults.SelfLoss, "Loss of movies' own frames: sums of mse, lncc, smooth with factors.", "LOSS");
    private readonly Option<double> _selfShare = TrainingFlags.Option("--self-share", Defaults.SelfShare, "For mode supervised: share of steps that learn from movies' own frames.");
    private readonly Option<int> _vectors = TrainingFlags.Option("--vectors", Defaults.Vectors, "Made motion: vectors that Gaussians spread.");
    private readonly Option<double> _length = TrainingFlags.Option("--length", Defaults.LargestLength, "Made motion: longest displacement in px.");
    private readonly Option<double> _shift = TrainingFlags.Option("--shift", Defaults.LargestShift, "Made motion: largest shift of the whole frame in px, which is added.");
    private readonly Option<double> _narrowest = TrainingFlags.Option("--minimum-sigma", Defaults.SmallestSigma, "Made motion: least standard deviation of the Gaussians in px.");
    private readonly Option<double> _widest = TrainingFlags.Option("--maximum-sigma", Defaults.LargestSigma, "Made motion: largest standard deviation of the Gaussians in px.");
    private readonly Option<double> _fewest = TrainingFlags.Option("--minimum-photons", Defaults.MinimumPhotons, "Made frames: fewest photons.");
    private readonly Option<double> _most = TrainingFlags.Option("--maximum-photons", Defaults.MaximumPhotons, "Made frames: most photons.");

    private readonly TrainingFlags _flags = new(Defaults, FlowArchitectures.Names, "sums of epe, mse, lncc, smooth with factors, such as epe+0.1*lncc");

    public void AddTo(Command command)
    {
        Option[] all = [_data, _mode, _selfLoss, _selfShare, _vectors, _length, _shift, _narrowest, _widest, _fewest, _most];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }

        _flags.AddTo(command);
    }

    public string Package(ParseResult parsed) => _flags.Package(parsed);

    public RegistrationTrainingOptions Read(ParseResult parsed) => _flags.Read(parsed, new RegistrationTrainingOptions
    {
        Data = parsed.GetRequiredValue(_data), ReportFolder = _flags.ReportFolder(parsed),
        Mode = parsed.GetValue(_mode), SelfLoss = parsed.GetValue(_selfLoss)!, SelfShare = parsed.GetValue(_selfShare),
        Vectors = parsed.GetValue(_vectors), LargestLength = parsed.GetValue(_length), LargestShift = parsed.GetValue(_shift),
        SmallestSigma = parsed.GetValue(_narrowest), LargestSigma = parsed.GetValue(_widest),
        MinimumPhotons = parsed.GetValue(_fewest), MaximumPhotons = parsed.GetValue(_most),
    });
}
