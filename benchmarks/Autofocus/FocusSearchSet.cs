using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>
/// Microscopes and samples that searches are judged on beside those of the benchmark's first part: six objectives, six conditions in turn. It was
/// written down before the search was changed. The two halves have no image, no start and no noise in common: one is for adjusting the search, the
/// other is looked at when nothing is changed any more.
/// </summary>
internal static class FocusSearchSet
{
    /// <summary>Starts are uniform within so many µm of focus.</summary>
    public const double Reach = 10;

    /// <summary>Limits of travel, above and below focus, in µm.</summary>
    public const double Travel = 20;

    private const int LargestSide = 384;
    private const double DriftSpeed = 0.2;

    // Of a second layer, in depths of field above the first, and its light.
    private const double LayerOffset = 2;
    private const float LayerWeight = 0.5f;

    private static readonly FocusOptics Dry = new() { NumericalAperture = 0.8, WavelengthNm = 525, ImmersionIndex = 1, PixelMicrometres = 0.1625 };

    private static readonly string[] Adjusting = ["lysosome/1", "celegans", "vnc/00", "w2s/003_0", "w2s/014_1", "filaments/11", "beads/11"];
    private static readonly string[] Judging = ["lysosome/3", "pollen", "vnc/10", "pc12", "tubules/22", "cells/22"];

    /// <summary>The objectives by name.</summary>
    public static IReadOnlyList<(string Name, FocusOptics Optics)> Objectives { get; } =
    [
        ("na03", Dry with { NumericalAperture = 0.3, PixelMicrometres = 0.4 }),
        ("na05", Dry with { NumericalAperture = 0.5, PixelMicrometres = 0.26 }),
        ("na08", Dry),
        ("na08_aberrated", Dry with { SphericalWaves = 0.25 }),
        ("na12_water", Dry with { NumericalAperture = 1.2, ImmersionIndex = 1.33, PixelMicrometres = 0.108 }),
        ("na14_oil", Dry with { NumericalAperture = 1.4, ImmersionIndex = 1.515, PixelMicrometres = 0.093, SphericalWaves = 0.15 }),
    ];

    /// <summary>The conditions, in turn by the number of the run.</summary>
    public static IReadOnlyList<FocusCondition> Conditions { get; } =
    [
        new("plain"), new("dim", Photons: 50), new("bright", Photons: 5000), new("play", Backlash: 2, Repeatability: 0.05),
        new("drift", Drift: DriftSpeed), new("thick", IsThick: true),
    ];

    /// <summary>How far the second layer of thick samples lies above the first, in µm.</summary>
    public static double LayerDistance(FocusOptics optics) => LayerOffset * optics.DepthOfField;

    /// <summary>Opens the samples of one half under one objective; the caller disposes them.</summary>
    /// <param name="data">Folder of the real images.</param>
    /// <param name="optics">The objective.</param>
    /// <param name="isForJudging">Which half.</param>
    /// <param name="isThick">Whether a second layer lies above.</param>
    public static FocusLayers[] Open(string data, FocusOptics optics, bool isForJudging, bool isThick) =>
        [.. (isForJudging ? Judging : Adjusting).Select(name => new FocusLayers(FocusImages.Read(data, name, LargestSide), optics, Travel + Reach,
            isThick ? (LayerDistance(optics), LayerWeight) : null))];

    /// <summary>The microscope of a run.</summary>
    /// <param name="samples">Of <see cref="Open"/>, for the run's condition.</param>
    /// <param name="objective">Number of the objective.</param>
    /// <param name="run">Number of the run, from 0.</param>
    /// <param name="isForJudging">Which half.</param>
    public static VirtualMicroscope Microscope(FocusLayers[] samples, int objective, int run, bool isForJudging)
    {
        var condition = Conditions[run % Conditions.Count];
        var seed = (isForJudging ? 900_000u : 500_000u) + (ulong)((1000 * objective) + run);
        var start = new SeededRandom(seed, 4711).NextUniform(-Reach, Reach);
        return new VirtualMicroscope(samples[((run % Conditions.Count) + (run / Conditions.Count)) % samples.Length], condition.Stage(Travel), condition.Camera, 0, start, seed);
    }
}

/// <summary>What differs between runs beside objective, sample and start.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Photons">At the brightest.</param>
/// <param name="Backlash">Play of the stage in µm, which the search is told.</param>
/// <param name="Repeatability">Scatter of where the stage stops, in µm.</param>
/// <param name="Drift">Of the focus, in µm a second; a frame and a move take 0.05 s each.</param>
/// <param name="IsThick">Whether there is a second layer.</param>
internal sealed record FocusCondition(
    string Name, double Photons = 500, double Backlash = 1, double Repeatability = 0.03, double Drift = 0, bool IsThick = false)
{
    public VirtualCameraOptions Camera => new() { PeakPhotons = Photons, BackgroundPhotons = 10 };

    public VirtualStageOptions Stage(double travel) =>
        new() { Minimum = -travel, Maximum = travel, Backlash = Backlash, Repeatability = Repeatability, Drift = Drift };
}
