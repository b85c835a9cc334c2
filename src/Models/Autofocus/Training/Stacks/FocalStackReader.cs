using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models.Training;

/// <summary>Reads focal stacks and finds where they are in focus.</summary>
internal sealed class FocalStackReader(DefocusTrainingOptions options, CancellationToken cancellation)
{
    private const int TileSize = 64;

    /// <summary>The stacks of a file: one for each channel and time point.</summary>
    /// <exception cref="InferenceException">The file, and what is accepted.</exception>
    public IReadOnlyList<FocalStack> Read(string path)
    {
        var told = DefocusArchitectures.IsSpectral(options.Network) ? Told(path) : null;
        return [.. ChannelReader.Read(path, SequenceAxis.Automatic, cancellation).SelectMany(channel => channel.Series.Select(planes => Stack(channel, planes, told)))];
    }

    private FocalStack Stack(ChannelImages channel, float[][] planes, FocusOptics? told)
    {
        if (channel.Height < options.Crop || channel.Width < options.Crop)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, channel.File,
                $"{channel.Name} has {channel.Height}×{channel.Width} pixels, less than crops of {options.Crop}×{options.Crop}; accepted: larger images, or smaller crops.");
        }

        var focus = options.FocusPlane ?? Focus(channel, planes);
        return FocalStack.Of(channel.Name, channel.Height, channel.Width, planes, focus, options.ZStep!.Value, told, options.Crop);
    }

    private static double Focus(ChannelImages channel, float[][] planes)
    {
        var metrics = new PlaneMetrics(new TileGrid(channel.Height, channel.Width, TileSize), new SpectralBands(null), 0, normalises: true);
        var points = planes.Select((plane, i) => new FocusPoint(i, metrics.Measure(plane)?[(int)FocusMetric.VollathF4] ?? 0)).ToArray();
        var peak = FocusCurve.Find(points);
        return peak.Kind == FocusPeakKind.Inside ? peak.Z : throw new InferenceException(InferenceError.ParameterOutOfRange, "focus-plane",
            $"{channel.Name} is sharpest at none of its {planes.Length} planes but the ends, or nowhere; accepted: stacks through the focus, or --focus-plane.");
    }

    private FocusOptics Told(string path)
    {
        using var file = VolumeFile.OpenRead(path);
        var pixel = options.PixelSize ?? file.Info.Calibration.VoxelSizeMicrometres?.X ?? throw new InferenceException(InferenceError.InputMissing, "pixel-size",
            $"{path} has no pixel size; accepted: a calibrated file, or --pixel-size in µm.");
        var optics = new FocusOptics
        {
            NumericalAperture = options.NumericalAperture ?? 0, WavelengthNm = options.WavelengthNm ?? 0, ImmersionIndex = options.ImmersionIndex ?? 0,
            PixelMicrometres = pixel, SphericalWaves = options.SphericalWaves,
        };
        optics.Validate();
        return optics;
    }
}
