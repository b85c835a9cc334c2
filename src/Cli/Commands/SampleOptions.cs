using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>The options of ib sample, with the defaults of <see cref="PhantomOptions"/>.</summary>
internal sealed class SampleOptions
{
    private static readonly PhantomOptions Defaults = new();
    private static readonly MovieOptions MovieDefaults = new();

    private readonly Option<int[]> _size = new("--size")
    {
        Description = "Slices, rows and columns. Default: 32x256x256. Movies have one slice.", HelpName = "ZxYxX",
        CustomParser = result => ParseAll<int>(result, 'x', "three whole numbers such as 32x256x256",
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null),
    };

    private readonly Option<double[]> _voxel = new("--voxel-size")
    {
        Description = "Distance of voxels along z, y and x in µm. Default: that of --like, else 0.25,0.08,0.08.", HelpName = "Z,Y,X",
        CustomParser = result => ParseAll<double>(result, ',', "three numbers of µm such as 0.25,0.08,0.08",
            text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null),
    };

    private readonly Option<string?> _like = new("--like")
    {
        Description = "For psf: take the voxel size of this file; two-dimensional if it has one slice, and never larger than it.",
        HelpName = "FILE",
    };

    private readonly Option<int> _frames = Option("--frames", MovieDefaults.Frames, "For movie: time points.");
    private readonly Option<double> _motion = Option("--motion", MovieDefaults.Motion, "For movie: largest displacement in px.");
    private readonly Option<ulong> _seed = Option("--seed", Defaults.Seed, "The same seed makes the same sample.");
    private readonly Option<double> _photons = Option("--photons", Defaults.PeakPhotons, "Expected photons in the brightest voxel.");
    private readonly Option<double> _background = Option("--background", Defaults.BackgroundPhotons, "Expected photons of background in every voxel.");
    private readonly Option<double> _readNoise = Option("--read-noise", Defaults.ReadNoiseElectrons, "Standard deviation of the camera's noise in electrons.");
    private readonly Option<double> _gain = Option("--gain", Defaults.Gain, "Grey levels for each electron.");
    private readonly Option<double> _offset = Option("--offset", Defaults.Offset, "Grey level of darkness.");
    private readonly Option<double> _aperture = Option("--na", Defaults.Optics.NumericalAperture, "Numerical aperture of the objective.");
    private readonly Option<double> _wavelength = Option("--wavelength", Defaults.Optics.WavelengthMicrometres, "Wavelength of the emission in µm.");
    private readonly Option<double> _index = Option("--refractive-index", Defaults.Optics.RefractiveIndex, "Refractive index of the medium.");

    public void AddTo(Command command)
    {
        Option[] all = [_size, _voxel, _like, _frames, _motion, _seed, _photons, _background, _readNoise, _gain, _offset, _aperture, _wavelength, _index];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }
    }

    public string? Like(ParseResult parsed) => parsed.GetValue(_like);

    /// <summary>The voxel size that was asked for; null without one.</summary>
    public VoxelSize? Voxel(ParseResult parsed) => parsed.GetValue(_voxel) is [var z, var y, var x] ? new VoxelSize(z, y, x) : null;

    public VoxelSize VoxelOrDefault(ParseResult parsed) =>
        Voxel(parsed) ?? new VoxelSize(Defaults.VoxelSizeZ, Defaults.VoxelSizeXY, Defaults.VoxelSizeXY);

    public MicroscopeOptics Optics(ParseResult parsed) => new()
    {
        NumericalAperture = parsed.GetValue(_aperture),
        WavelengthMicrometres = parsed.GetValue(_wavelength),
        RefractiveIndex = parsed.GetValue(_index),
    };

    public MovieOptions Movie(ParseResult parsed) => new() { Frames = parsed.GetValue(_frames), Motion = parsed.GetValue(_motion) };

    public PhantomOptions Phantom(ParseResult parsed, PhantomKind kind)
    {
        var voxel = VoxelOrDefault(parsed);
        var (depth, height, width) = parsed.GetValue(_size) is [var z, var y, var x] ? (z, y, x) : (Defaults.Depth, Defaults.Height, Defaults.Width);
        if (!voxel.X.Equals(voxel.Y))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "voxel-size", string.Create(CultureInfo.InvariantCulture,
                $"--voxel-size has {voxel.Y} along y and {voxel.X} along x; accepted: equal values, since samples have square pixels."));
        }

        return new PhantomOptions
        {
            Kind = kind, Depth = depth, Height = height, Width = width, VoxelSizeXY = voxel.X, VoxelSizeZ = voxel.Z,
            Seed = parsed.GetValue(_seed), Optics = Optics(parsed), PeakPhotons = parsed.GetValue(_photons),
            BackgroundPhotons = parsed.GetValue(_background), ReadNoiseElectrons = parsed.GetValue(_readNoise),
            Gain = parsed.GetValue(_gain), Offset = parsed.GetValue(_offset),
        };
    }

    private static Option<T> Option<T>(string name, T value, string description) => new(name)
    {
        Description = description, HelpName = "NUMBER", DefaultValueFactory = _ => value,
    };

    private static T[] ParseAll<T>(ArgumentResult result, char separator, string accepted, Func<string, T?> parse)
        where T : struct
    {
        var text = result.Tokens[^1].Value;
        T?[] values = [.. text.Split(separator, StringSplitOptions.TrimEntries).Select(parse)];
        if (values.Length == 3 && values.All(value => value is not null))
        {
            return [.. values.Select(value => value!.Value)];
        }

        result.AddError($"{(result.Parent as OptionResult)?.Option.Name} is \"{text}\"; accepted: {accepted}.");
        return [];
    }
}
