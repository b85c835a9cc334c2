using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Focus metrics of frames.</summary>
internal sealed class MetricsOperation : AutofocusOperation
{
    public override OperationDeclaration Declaration { get; } = new("autofocus/metrics", "1.0", "Focus metrics")
    {
        Description = "Seven measures of how sharp each frame is, larger where it is sharper, as numbers of the frame and as a map of its tiles, a channel for "
            + "each: Brenner, Tenengrad, variance of the Laplacian, normalised variance, Vollath F4, spectral entropy, mid-band power. They tell which of several "
            + "frames is sharpest, not how far a single one is from focus. In the mode search every answer says where to move the stage next.",
        ResultPixelType = ResultPixelType.Float32,
        Parameters =
        [
            AutofocusParameters.Channel,
            MetricParameters.Metric,
            .. MetricParameters.Measurement,
            .. MetricParameters.Optics,
            .. AutofocusParameters.Loop,
        ],
        Provenance = new Provenance { Citation = "Sun, Duthaler, Nelson, Microsc. Res. Tech. 65, 139 (2004), doi:10.1002/jemt.20118" },
    };

    protected override VolumeShape MapShape(ParameterSet parameters, VolumeInfo frame)
    {
        _ = MetricParameters.Cutoff(parameters, frame.Calibration);
        var grid = Grid(parameters, frame);
        return new VolumeShape(1, FocusMetrics.All.Count, 1, grid.Rows, grid.Columns);
    }

    protected override IFocusAssessor CreateAssessor(ParameterSet parameters, VolumeInfo frame, Device device)
    {
        var grid = Grid(parameters, frame);
        var bands = new SpectralBands(MetricParameters.Cutoff(parameters, frame.Calibration));
        var metrics = new PlaneMetrics(grid, bands, parameters.Number("background"), parameters.Boolean("normalise"));
        return new MetricsAssessor(grid, metrics, FocusMetrics.Find(parameters.Choice(AutofocusParameters.MetricName)));
    }

    private static TileGrid Grid(ParameterSet parameters, VolumeInfo frame) =>
        new(frame.Shape.Height, frame.Shape.Width, parameters.Integer(MetricParameters.TileSizeName));
}
