using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>A point-spread function that is ready for use: nonnegative, sum 1, its centre known.</summary>
/// <param name="Values">X fastest, then Y, then Z.</param>
/// <param name="Shape">A single stack.</param>
/// <param name="Centre">The voxel that stands for the point.</param>
/// <param name="Source">Where it came from, in a few words.</param>
internal sealed record PointSpreadFunction(float[] Values, VolumeShape Shape, (int Z, int Y, int X) Centre, string Source)
{
    private const string Accepted = "finite values of at least 0, not all of them 0";

    // What summing float32 values that were normalised elsewhere may be off by.
    private const double SumTolerance = 1e-3;

    // Noise and ringing leave small negative values behind; what is larger than this part of the peak is something else.
    private const double LargestNegative = 0.1;

    /// <summary>What was done to it, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Checks, clips, resamples, centres and normalises one channel of an input.</summary>
    /// <param name="volume">One frame.</param>
    /// <param name="channel">The channel to take.</param>
    /// <param name="image">Calibration of the image.</param>
    /// <param name="centre">True to bring the centre of the intensity to a voxel; false to take voxel n / 2 as it is.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.AuxiliaryInvalid"/>.</exception>
    public static PointSpreadFunction From(MemoryVolume volume, int channel, Calibration image, bool centre)
    {
        var warnings = new List<string>();
        var info = volume.Info;
        var samples = new PsfSamples(Read(volume, channel), (info.Shape.Depth, info.Shape.Height, info.Shape.Width));
        Clip(samples, warnings);
        var step = PsfStep.Between(info, image);
        warnings.AddRange(step.Warnings);

        var middle = samples.Middle;
        var (z, y, x) = centre ? samples.IntensityCentre() : middle;
        if (PsfCentring.IsOff((z, y, x), middle))
        {
            warnings.Add(FormattableString.Invariant(
                $"The psf's intensity is centred at z = {z:0.##}, y = {y:0.##}, x = {x:0.##}, not at its middle voxel {middle.Z}, {middle.Y}, {middle.X}; ")
                + "it was shifted there.");
        }

        // Resampling puts a sample onto the centre; along the other axes it is shifted.
        (samples, z) = Resample(samples, 0, z, step.Ratios.Z);
        (samples, y) = Resample(samples, 1, y, step.Ratios.Y);
        (samples, x) = Resample(samples, 2, x, step.Ratios.X);

        (samples, var at) = PsfCentring.ToVoxel(samples, (z, y, x));
        return Normalised(samples, at, "input", warnings, warnOfSum: !step.Resamples);
    }

    /// <summary>A PSF that was computed, with sum 1 and its centre at the voxel n / 2.</summary>
    public static PointSpreadFunction FromModel(MemoryVolume volume, string source)
    {
        var shape = volume.Info.Shape;
        var samples = new PsfSamples(Read(volume, 0), (shape.Depth, shape.Height, shape.Width));
        return Normalised(samples, samples.Middle, source, [], warnOfSum: false);
    }

    /// <summary>The point-spread function of a microscope, on the image's voxel size and no larger than the image.</summary>
    /// <param name="optics">The microscope.</param>
    /// <param name="voxelSizeUm">Distance of voxels in µm along z, y and x.</param>
    /// <param name="image">Shape of the image.</param>
    /// <param name="cancellation">Stops between planes.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: impossible optics or voxel sizes.</exception>
    public static PointSpreadFunction FromOptics(
        Optics optics, (double Z, double Y, double X) voxelSizeUm, VolumeShape image, CancellationToken cancellation = default)
    {
        var grid = PsfGrid.Around(optics, voxelSizeUm.Z, voxelSizeUm.Y, voxelSizeUm.X, image);
        var source = FormattableString.Invariant(
            $"{optics.Model} model, NA {optics.NumericalAperture}, {optics.WavelengthNm} nm, index {optics.ImmersionIndex}");
        return FromModel(PsfSampler.Sample(optics, grid, cancellation), source);
    }

    /// <summary>float32, (z, y, x); the caller disposes.</summary>
    public Tensor ToTensor(Device device) => tensor(Values, [Shape.Depth, Shape.Height, Shape.Width], device: device);

    private static (PsfSamples Samples, double Centre) Resample(PsfSamples samples, int axis, double centre, double ratio) =>
        ratio == 1 ? (samples, centre) : samples.Resample(axis, centre, ratio);

    private static PointSpreadFunction Normalised(
        PsfSamples samples, (int Z, int Y, int X) centre, string source, List<string> warnings, bool warnOfSum)
    {
        var sum = samples.Values.Sum();
        if (warnOfSum && Math.Abs(sum - 1) > SumTolerance)
        {
            warnings.Add(FormattableString.Invariant($"The psf summed to {sum:g6}; it was normalised to 1."));
        }

        var shape = new VolumeShape(samples.Size.Depth, samples.Size.Height, samples.Size.Width);
        return new PointSpreadFunction([.. samples.Values.Select(value => (float)(value / sum))], shape, centre, source) { Warnings = warnings };
    }

    private static double[] Read(MemoryVolume volume, int channel)
    {
        var shape = volume.Info.Shape;
        var values = new double[shape.StackElementCount];
        for (var z = 0; z < shape.Depth; z++)
        {
            volume.ReadPlane(shape.PlaneNumber(0, channel, z), values.AsSpan(z * (int)shape.PlaneElementCount, (int)shape.PlaneElementCount));
        }

        return values;
    }

    private static void Clip(PsfSamples samples, List<string> warnings)
    {
        var values = samples.Values;
        Refuse(samples, Array.FindIndex(values, value => !double.IsFinite((float)value)));
        var (peak, lowest) = (values.Max(), values.Min());
        if (lowest < -LargestNegative * peak || peak <= 0)
        {
            Refuse(samples, lowest < 0 ? Array.IndexOf(values, lowest) : -1);
            throw Invalid("Input psf is 0 everywhere");
        }

        if (lowest < 0)
        {
            warnings.Add(FormattableString.Invariant(
                $"The psf had {values.Count(value => value < 0)} negative values, down to {lowest:g3} beside a peak of {peak:g3}; they were set to 0."));
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = Math.Max(0, values[i]);
            }
        }
    }

    private static void Refuse(PsfSamples samples, int wrong)
    {
        if (wrong < 0)
        {
            return;
        }

        var (z, inPlane) = Math.DivRem(wrong, samples.Size.Height * samples.Size.Width);
        throw Invalid(FormattableString.Invariant(
            $"Input psf is {samples.Values[wrong]} at z = {z}, y = {inPlane / samples.Size.Width}, x = {inPlane % samples.Size.Width}"));
    }

    private static InferenceException Invalid(string found) =>
        new(InferenceError.AuxiliaryInvalid, PsfInput.Name, $"{found}; accepted: {Accepted}.");
}
