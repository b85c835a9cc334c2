namespace InferenceBridge.Models;

/// <summary>The pupil of an objective: how far rays at each height of it are ahead or behind when the stage stands at z.</summary>
internal sealed class ObjectivePupil
{
    private readonly double _aperture;
    private readonly double _immersion;
    private readonly SampleMount? _mount;

    public ObjectivePupil(Optics optics, double wavelengthNm)
    {
        _aperture = optics.NumericalAperture;
        _immersion = optics.ImmersionIndex;
        _mount = optics.Model == PsfModel.GibsonLanni ? optics.Mount : null;
        WaveNumber = 2000 * Math.PI / wavelengthNm;

        // Light of a steeper cone than the sample or the coverslip carries does not reach the objective.
        Edge = _mount is null ? 1 : Math.Min(1, Math.Min(_mount.SampleIndex, _mount.CoverslipIndex) / _aperture);
    }

    /// <summary>2π over the wavelength, in radians per µm.</summary>
    public double WaveNumber { get; }

    /// <summary>Height of the last ray that carries light, 0 to 1.</summary>
    public double Edge { get; }

    /// <summary>Numerical aperture.</summary>
    public double Aperture => _aperture;

    /// <summary>
    /// Optical path of a ray relative to the axis', in µm, with the objective moved towards the sample by <paramref name="z"/> µm from where
    /// it is focused on the coverslip's far side.
    /// </summary>
    /// <param name="rho">Height in the pupil, 0 to 1.</param>
    /// <param name="z">Position of the stage in µm; it grows into the sample.</param>
    public double Path(double rho, double z) => Path(rho) - (z * Excess(_immersion, rho));

    /// <summary>The part of the path that the stage does not change.</summary>
    public double Path(double rho)
    {
        if (_mount is not { } mount)
        {
            return 0;
        }

        var design = mount.ImmersionDesignIndex ?? _immersion;
        return (mount.DepthUm * Excess(mount.SampleIndex, rho))
            + (mount.CoverslipThicknessUm * Excess(mount.CoverslipIndex, rho))
            - (mount.CoverslipDesignThicknessUm * Excess(mount.CoverslipDesignIndex, rho))
            + (mount.WorkingDistanceUm * (Excess(_immersion, rho) - Excess(design, rho)));
    }

    /// <summary>Where the stage focuses the rays next to the axis, in µm.</summary>
    public double ParaxialFocus
    {
        get
        {
            const double near = 1e-3;
            return Path(near) / Excess(_immersion, near);
        }
    }

    /// <summary>√(n² − NA²ρ²) − n, what a ray's path through a layer of unit thickness differs from the axis', without cancellation.</summary>
    public double Excess(double index, double rho)
    {
        var sine = _aperture * rho;
        return -(sine * sine) / (index + Math.Sqrt(Math.Max(0, (index * index) - (sine * sine))));
    }
}
