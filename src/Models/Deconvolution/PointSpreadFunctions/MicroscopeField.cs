using System.Numerics.Tensors;

namespace InferenceBridge.Models;

/// <summary>What a microscope sees of a point: the light that excites it times the light that is detected from it.</summary>
internal sealed class MicroscopeField
{
    // Samples of a table for each λ/NA of the shortest wavelength; the finest detail of an intensity is half of that long.
    private const int SamplesPerResolution = 64;
    private const int SmallestSampleCount = 8;

    private readonly Optics _optics;
    private readonly FocalField? _emission;
    private readonly FocalField? _excitation;
    private readonly PinholeBlur? _pinhole;
    private readonly double _step;

    /// <param name="optics">Checked optics.</param>
    /// <param name="reach">Farthest distance from the axis that will be asked for, in µm.</param>
    /// <param name="reachZ">Farthest z that will be asked for, in µm.</param>
    public MicroscopeField(Optics optics, double reach, double reachZ = 0)
    {
        _optics = optics;
        var tables = Tables.Of(optics, reach, reachZ);
        _step = tables.Step;
        if (optics.Microscope == Microscope.Confocal && optics.PinholeAiryUnits > 0)
        {
            _pinhole = new PinholeBlur(PinholeRadius(optics), _step, tables.Count);
        }

        FocalField Field(double wavelength, int count) => new(new ObjectivePupil(optics, wavelength), _step, count, tables.ReachZ);
        _excitation = tables.Excitation is { } excitation ? Field(excitation, tables.Count) : null;
        _emission = tables.Emission is { } emission ? Field(emission, _pinhole?.InputCount ?? tables.Count) : null;
        Focus = FocusSearch.Find(optics, OnAxis);
    }

    /// <summary>Where the stage makes a point look brightest, in µm: it is z = 0 of <see cref="Profile"/>.</summary>
    public double Focus { get; }

    /// <summary>Intensity over the distance from the axis at z µm from the brightest plane.</summary>
    public RadialProfile Profile(double z)
    {
        var stage = Focus + z;
        var values = _optics.Microscope switch
        {
            Microscope.TwoPhoton => Square(_excitation!.Radial(stage)),
            Microscope.Confocal => Product(_excitation!.Radial(stage), Detected(stage)),
            Microscope.LightSheet => Scale(_emission!.Radial(stage), Sheet(z)),
            _ => _emission!.Radial(stage),
        };
        return new RadialProfile(_step, values);
    }

    /// <summary>Bytes that a field takes.</summary>
    /// <inheritdoc cref="MicroscopeField(Optics, double, double)"/>
    public static double Bytes(Optics optics, double reach, double reachZ)
    {
        var tables = Tables.Of(optics, reach, reachZ);
        var beyond = (int)(PinholeRadius(optics) / tables.Step);
        return new[] { tables.Excitation, tables.Emission }.Sum(wavelength => wavelength is { } length
            ? FocalField.TableBytes(new ObjectivePupil(optics, length), tables.Step, tables.Count + beyond, tables.ReachZ)
            : 0);
    }

    private static double PinholeRadius(Optics optics) => optics.Microscope == Microscope.Confocal
        ? optics.PinholeAiryUnits * 0.61 * optics.WavelengthNm / 1000 / optics.NumericalAperture
        : 0;

    private static double[] Square(double[] values) => Product(values, values);

    private static double[] Product(double[] first, double[] second)
    {
        var product = new double[first.Length];
        TensorPrimitives.Multiply(first, second, product);
        return product;
    }

    private static double[] Scale(double[] values, double factor) => Array.ConvertAll(values, value => value * factor);

    private double Sheet(double z) => Math.Exp(-4 * Math.Log(2) * z * z / (_optics.SheetThicknessUm * _optics.SheetThicknessUm));

    private double[] Detected(double stage)
    {
        var values = _emission!.Radial(stage);
        return _pinhole?.Apply(values) ?? values;
    }

    // The sheet follows the focus, and a pinhole does not move it.
    private double OnAxis(double stage) => (_emission?.OnAxis(stage) ?? 1) * (_excitation?.OnAxis(stage) ?? 1);

    /// <summary>What is tabulated: wavelengths in nm, null where the microscope has no such light.</summary>
    private sealed record Tables(double? Emission, double? Excitation, double Step, int Count, double ReachZ)
    {
        public static Tables Of(Optics optics, double reach, double reachZ)
        {
            var (emission, excitation) = (optics.WavelengthNm, optics.ExcitationWavelengthNm ?? optics.WavelengthNm);
            var step = Math.Min(emission, excitation) / 1000 / optics.NumericalAperture / SamplesPerResolution;
            return new Tables(
                optics.Microscope == Microscope.TwoPhoton ? null : emission,
                optics.Microscope is Microscope.Confocal or Microscope.TwoPhoton ? excitation : null,
                step, SmallestSampleCount + (int)Math.Min(reach / step, int.MaxValue / 2), reachZ + FocusSearch.Spread(optics));
        }
    }
}
