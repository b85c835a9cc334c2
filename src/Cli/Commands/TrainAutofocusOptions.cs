using System.CommandLine;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Cli;

/// <summary>The options of ib train autofocus, with the defaults of <see cref="DefocusTrainingOptions"/>.</summary>
internal sealed class TrainAutofocusOptions
{
    private static readonly DefocusTrainingOptions Defaults = new() { Data = "", ReportFolder = "" };

    private readonly Option<string> _data = new("--data")
    {
        Description = "Folder of TIFFs: sharp images of what you record, which are defocused; with --z-step a TIFF or a folder of focal stacks.", HelpName = "PATH", Required = true,
    };

    private readonly Option<double?> _step = new("--z-step") { Description = "From plane to plane of focal stacks in µm; below 0 where the stage went down.", HelpName = "UM" };
    private readonly Option<double?> _plane = new("--focus-plane") { Description = "Plane in focus of every stack, from 0. Default: the sharpest by Vollath F4.", HelpName = "NUMBER" };
    private readonly Option<double?> _aperture = new("--na") { Description = "Numerical aperture of the stacks, for the spectral network; without --z-step of the one microscope to simulate, with --wavelength, --index and --pixel-size. Default: microscopes of all kinds.", HelpName = "NUMBER" };
    private readonly Option<double?> _wavelength = new("--wavelength") { Description = "Wavelength in nm, beside --na.", HelpName = "NM" };
    private readonly Option<double?> _index = new("--index") { Description = "Refractive index of the immersion, beside --na.", HelpName = "NUMBER" };
    private readonly Option<double> _spherical = TrainingFlags.Option("--spherical", Defaults.SphericalWaves, "Spherical aberration in waves, beside --na.");
    private readonly Option<double?> _pixel = new("--pixel-size") { Description = "Pixel size in µm, beside --na. Default: the calibration of the stacks.", HelpName = "UM" };

    private readonly Option<double> _simulated = TrainingFlags.Option("--simulated-share", Defaults.SimulatedShare, "Stacks: share of steps that learn from simulated frames, so that other distances and microscopes are not forgotten.");
    private readonly Option<int> _phantoms = TrainingFlags.Option("--phantoms", Defaults.Phantoms, "Simulated sharp planes to learn from beside the images.");
    private readonly Option<double> _rendered = TrainingFlags.Option("--rendered-share", Defaults.RenderedShare, "Spectral network: share of steps that learn from rendered frames; the others make spectra from those of sharp images, which is faster.");
    private readonly Option<int> _renderedFrames = TrainingFlags.Option("--rendered-frames", Defaults.RenderedFrames, "Frames that are rendered for that, when they are first needed; they come again with other noise.");
    private readonly Option<int> _frames = TrainingFlags.Option("--validation-frames", Defaults.ValidationFrames, "Rendered frames to validate by.");
    private readonly Option<double> _symmetric = TrainingFlags.Option("--symmetric-share", Defaults.SymmetricShare, "Share of microscopes without an aberration, whose frames leave the sign open.");
    private readonly Option<double> _tolerance = TrainingFlags.Option("--tolerance", Defaults.Tolerance, "How well aperture and wavelength are known: standard deviation as a part of them.");
    private readonly Option<double> _fewest = TrainingFlags.Option("--minimum-photons", Defaults.MinimumPhotons, "Fewest photons of a pixel of mean light.");
    private readonly Option<double> _most = TrainingFlags.Option("--maximum-photons", Defaults.MaximumPhotons, "Most photons of a pixel of mean light.");

    private readonly TrainingFlags _flags = new(Defaults, DefocusArchitectures.Names, "cross-entropy");

    public void AddTo(Command command)
    {
        Option[] all = [_data, _step, _plane, _aperture, _wavelength, _index, _spherical, _pixel, _simulated, _phantoms, _rendered, _renderedFrames, _frames, _symmetric, _tolerance, _fewest, _most];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }

        _flags.AddTo(command);
    }

    public string Package(ParseResult parsed) => _flags.Package(parsed);

    public DefocusTrainingOptions Read(ParseResult parsed) => _flags.Read(parsed, new DefocusTrainingOptions
    {
        Data = parsed.GetRequiredValue(_data), ReportFolder = _flags.ReportFolder(parsed),
        ZStep = parsed.GetValue(_step), FocusPlane = parsed.GetValue(_plane), NumericalAperture = parsed.GetValue(_aperture),
        WavelengthNm = parsed.GetValue(_wavelength), ImmersionIndex = parsed.GetValue(_index), SphericalWaves = parsed.GetValue(_spherical), PixelSize = parsed.GetValue(_pixel),
        SimulatedShare = parsed.GetValue(_simulated), Phantoms = parsed.GetValue(_phantoms), RenderedShare = parsed.GetValue(_rendered), RenderedFrames = parsed.GetValue(_renderedFrames), ValidationFrames = parsed.GetValue(_frames), SymmetricShare = parsed.GetValue(_symmetric),
        Tolerance = parsed.GetValue(_tolerance), MinimumPhotons = parsed.GetValue(_fewest), MaximumPhotons = parsed.GetValue(_most),
    });
}
