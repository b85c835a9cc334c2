using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Tells how far out of focus frames are, by the network of a package.</summary>
internal sealed class DefocusOperation : AutofocusOperation
{
    // Bytes for each pixel of a tile that the pixel networks take at most, and for the spectral network for each view of a tile.
    private const long BytesPerPixel = 1500;
    private const long SpectralBytes = 16L << 20;

    private readonly PackageModel _model;
    private readonly bool _isSpectral;

    /// <param name="id">Id of the operation.</param>
    /// <param name="model">A package whose network is one of <see cref="DefocusArchitectures"/>.</param>
    public DefocusOperation(string id, PackageModel model)
    {
        _model = model;
        _isSpectral = DefocusArchitectures.IsSpectral(model.Description.Weights.Network!.Architecture);
        var declaration = PackageDeclaration.Of(id, model.Description);
        Declaration = declaration with
        {
            Summary = "Distance from focus by a network",
            Description = "Estimates how far out of focus each frame is, in µm, and says so where one frame cannot tell the side; in the modes search and hold it "
                + "also says where to move next. The result is a small map: defocus, its standard deviation and weight for every tile. " + declaration.Description,
            Inputs = [InputRole.Image],
            ResultPixelType = ResultPixelType.Float32,
            Parameters =
            [
                AutofocusParameters.Channel,
                MetricParameters.Metric,
                .. _isSpectral ? DefocusParameters.Optics : [],
                DefocusParameters.Tile,
                .. MetricParameters.Measurement,
                .. AutofocusParameters.Loop,
            ],
        };
    }

    public override OperationDeclaration Declaration { get; }

    /// <summary>Whether a package's network is one that tells the defocus.</summary>
    public static bool Takes(PackageDescription description) =>
        description.Weights.Network is { } network && DefocusArchitectures.Names.Contains(network.Architecture);

    protected override VolumeShape MapShape(ParameterSet parameters, VolumeInfo frame)
    {
        var (height, width) = (frame.Shape.Height, frame.Shape.Width);
        if (Math.Min(height, width) < DefocusInput.ShortestSide)
        {
            throw new InferenceException(InferenceError.ShapeInvalid, height < width ? "image.size_y" : "image.size_x",
                $"Frames are {height}×{width} pixels; accepted: at least {DefocusInput.ShortestSide}×{DefocusInput.ShortestSide}, what the network takes.");
        }

        Optics(parameters, frame);
        var tiles = Tiles(parameters, frame);
        return new VolumeShape(1, 3, 1, tiles.Rows, tiles.Columns);
    }

    protected override IFocusAssessor CreateAssessor(ParameterSet parameters, VolumeInfo frame, Device device) => Assessor(parameters, frame, device);

    /// <summary>What judges frames; the caller disposes it.</summary>
    internal NetworkAssessor Assessor(ParameterSet parameters, VolumeInfo frame, Device device)
    {
        var tiles = Tiles(parameters, frame);

        // So that the first frame does not wait for the weights.
        _model.Network(device);
        return new NetworkAssessor(_model, device, tiles, new TileViews(Optics(parameters, frame), tiles.Height, tiles.Width), Metrics(parameters, frame));
    }

    protected override long DeviceBytes(ParameterSet parameters, VolumeInfo frame)
    {
        var tiles = Tiles(parameters, frame);
        return tiles.Count * (_isSpectral ? SpectralBytes * TileViews.Count(_isSpectral, tiles.Height, tiles.Width) : checked(BytesPerPixel * tiles.Height * tiles.Width));
    }

    private MetricsAssessor Metrics(ParameterSet parameters, VolumeInfo frame)
    {
        var grid = new TileGrid(frame.Shape.Height, frame.Shape.Width, parameters.Integer(MetricParameters.TileSizeName));
        var cutoff = _isSpectral ? MetricParameters.Cutoff(parameters, frame.Calibration) : null;
        var metrics = new PlaneMetrics(grid, new SpectralBands(cutoff), parameters.Number("background"), parameters.Boolean("normalise"));
        return new MetricsAssessor(grid, metrics, FocusMetrics.Find(parameters.Choice(AutofocusParameters.MetricName)));
    }

    private FocusOptics? Optics(ParameterSet parameters, VolumeInfo frame) => _isSpectral ? DefocusParameters.Read(parameters, frame) : null;

    private static FrameTiles Tiles(ParameterSet parameters, VolumeInfo frame) =>
        new(frame.Shape.Height, frame.Shape.Width, parameters.Integer(DefocusParameters.TileName));
}
