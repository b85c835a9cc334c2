using System.CommandLine;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>The options of ib simulate-microscope for its stage and its camera.</summary>
internal sealed class SimulatedInstrumentOptions
{
    private const double StandardWithin = 10;

    private readonly Option<double?> _start = Number("--start", "Where the stage stands at first; best focus is at 0. Default: anywhere within --within.", "UM");
    private readonly Option<double?> _within = Number("--within", "How far from focus searches start. Default: 10, or --travel where that is less.", "UM");
    private readonly Option<double> _travel = Number("--travel", "The stage's ends, above and below 0. Both are told to the server as limits.", "UM", 20);
    private readonly Option<double> _backlash = Number("--backlash", "Play of the stage, which is told to the server too.", "UM", 1);
    private readonly Option<double> _repeatability = Number("--repeatability", "Standard deviation of where the stage stops.", "UM", 0.03);
    private readonly Option<double> _latency = Number("--latency", "What a move takes.", "SECONDS", 0.05);
    private readonly Option<double> _drift = Number("--drift", "How fast the focus runs away.", "UM/S", 0);
    private readonly Option<int?> _stuck = new("--stuck-after") { Description = "Moves after which the stage is stuck. Default: never.", HelpName = "MOVES" };
    private readonly Option<double> _photons = Number("--photons", "Photons in the brightest pixels in focus.", "COUNT", 500);
    private readonly Option<double> _background = Number("--background-photons", "Photons of background in every pixel.", "COUNT", 10);
    private readonly Option<double> _noise = Number("--read-noise", "Standard deviation of the camera's read noise.", "ELECTRONS", 1.5);
    private readonly Option<double> _exposure = Number("--exposure", "What a frame takes.", "SECONDS", 0.05);
    private readonly Option<bool> _dark = new("--dark") { Description = "The lamp is off." };
    private readonly Option<bool> _realTime = new("--real-time") { Description = "Moves and frames take their time; otherwise only the microscope's own clock runs." };
    private readonly Option<long> _seed = new("--seed") { Description = "The same number gives the same starts and noise. Default: 1.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _start, _within, _travel, _backlash, _repeatability, _latency, _drift, _stuck, _photons, _background, _noise, _exposure, _dark, _realTime, _seed,
        })
        {
            command.Options.Add(option);
        }
    }

    public SimulatedInstrumentSettings Read(ParseResult parsed)
    {
        double Checked(Option<double> option, double minimum, double maximum) => SimulateMicroscopeCommand.Within(option.Name[2..], parsed.GetValue(option), minimum, maximum);
        var travel = Checked(_travel, 0.1, 1e5);
        var stage = new VirtualStageOptions
        {
            Minimum = -travel,
            Maximum = travel,
            Backlash = Checked(_backlash, 0, 100),
            Repeatability = Checked(_repeatability, 0, 10),
            LatencySeconds = Checked(_latency, 0, 60),
            Drift = Checked(_drift, -100, 100),
            StuckAfterMoves = parsed.GetValue(_stuck),
        };
        var camera = new VirtualCameraOptions
        {
            PeakPhotons = Checked(_photons, 1e-3, 30_000),
            BackgroundPhotons = Checked(_background, 0, 30_000),
            ReadNoiseElectrons = Checked(_noise, 0, 1000),
            ExposureSeconds = Checked(_exposure, 0, 60),
            IsDark = parsed.GetValue(_dark),
        };
        return new SimulatedInstrumentSettings(stage, camera)
        {
            Start = parsed.GetValue(_start) is { } start ? SimulateMicroscopeCommand.Within("start", start, -travel, travel) : null,
            Within = SimulateMicroscopeCommand.Within("within", parsed.GetValue(_within) ?? Math.Min(StandardWithin, travel), 0, travel),
            IsRealTime = parsed.GetValue(_realTime),
            Seed = (ulong)parsed.GetValue(_seed),
        };
    }

    private static Option<double?> Number(string name, string help, string unit) => new(name) { Description = help, HelpName = unit };

    private static Option<double> Number(string name, string help, string unit, double standard) =>
        new(name) { Description = $"{help} Default: {Format.Number(standard)}.", HelpName = unit, DefaultValueFactory = _ => standard };
}

/// <summary>A virtual stage and camera, and where searches start.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Camera">The camera.</param>
internal sealed record SimulatedInstrumentSettings(VirtualStageOptions Stage, VirtualCameraOptions Camera)
{
    /// <summary>Start of every search, in µm from focus; null for a random one.</summary>
    public double? Start { get; init; }

    /// <summary>How far from focus random starts lie, in µm.</summary>
    public double Within { get; init; }

    public bool IsRealTime { get; init; }

    public ulong Seed { get; init; }

    /// <summary>Where a search starts, in µm.</summary>
    /// <param name="run">Its number, from 0.</param>
    public double StartOf(int run) => Start ?? new SeededRandom(Seed, 1_000_000 + (ulong)run).NextUniform(-Within, Within);
}
