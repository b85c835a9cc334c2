namespace InferenceBridge.Imaging;

/// <summary>
/// A microscope that is not there: a stage, a camera, and a sample whose focus is known. It keeps a clock of its own, which moves and exposures
/// advance, so that drift needs no waiting. Not safe for concurrent calls.
/// </summary>
public sealed class VirtualMicroscope
{
    private readonly IFocalSample _sample;
    private readonly VirtualStageOptions _stageOptions;
    private readonly VirtualCameraOptions _camera;
    private readonly double _focus;
    private readonly ulong _seed;
    private ulong _frames;

    /// <param name="sample">What it looks at.</param>
    /// <param name="stage">How its stage behaves.</param>
    /// <param name="camera">How its camera exposes.</param>
    /// <param name="focus">Where the stage is in best focus at the beginning, in µm.</param>
    /// <param name="start">Where the stage stands at the beginning, in µm.</param>
    /// <param name="seed">The same seed gives the same microscope.</param>
    public VirtualMicroscope(IFocalSample sample, VirtualStageOptions stage, VirtualCameraOptions camera, double focus, double start, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(sample);
        (_sample, _stageOptions, _camera, _focus, _seed) = (sample, stage, camera, focus, seed);
        Stage = new VirtualStage(stage, start, seed);
        var calibration = sample.PixelMicrometres is { } pixel ? new Calibration { VoxelWidth = pixel, VoxelHeight = pixel, Unit = "µm" } : Calibration.None;
        Frame = new VolumeInfo(new VolumeShape(1, sample.Height, sample.Width), PixelType.UInt16) { Calibration = calibration };
    }

    /// <summary>What its frames look like.</summary>
    public VolumeInfo Frame { get; }

    /// <summary>Its stage.</summary>
    public VirtualStage Stage { get; }

    /// <summary>Seconds since the beginning, by its own clock.</summary>
    public double ElapsedSeconds { get; private set; }

    /// <summary>What a move takes, in seconds.</summary>
    public double MoveSeconds => _stageOptions.LatencySeconds;

    /// <summary>What a frame takes, in seconds.</summary>
    public double FrameSeconds => _camera.ExposureSeconds;

    /// <summary>Where best focus is now, in µm.</summary>
    public double Focus => _focus + (_stageOptions.Drift * ElapsedSeconds);

    /// <summary>How far the stage really is from best focus, in µm.</summary>
    public double Defocus => Stage.Actual - Focus;

    /// <summary>Moves the stage.</summary>
    /// <param name="z">Where to, in µm.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: beyond its ends.</exception>
    public void MoveTo(double z)
    {
        Stage.MoveTo(z);
        ElapsedSeconds += _stageOptions.LatencySeconds;
    }

    /// <summary>Takes a frame.</summary>
    /// <returns>Little-endian uint16, X fastest.</returns>
    public byte[] Snap()
    {
        var light = _camera.IsDark ? new float[(int)Frame.Shape.PlaneElementCount] : _sample.At(Defocus);
        var random = new SeededRandom(_seed, 2 + _frames++);
        var background = _camera.IsDark ? 0 : _camera.BackgroundPhotons;
        for (var i = 0; i < light.Length; i++)
        {
            var electrons = random.NextPoisson((_camera.PeakPhotons * Math.Max(0, light[i])) + background) + (_camera.ReadNoiseElectrons * random.NextGaussian());
            light[i] = (float)((_camera.Gain * electrons) + _camera.Offset);
        }

        ElapsedSeconds += _camera.ExposureSeconds;
        var pixels = new byte[Frame.TotalBytes];
        PixelConverter.FromSingle(light, PixelType.UInt16, pixels);
        return pixels;
    }
}
