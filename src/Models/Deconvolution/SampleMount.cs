namespace InferenceBridge.Models;

/// <summary>
/// What light crosses between a point and the objective, as it is and as the objective is designed for
/// (Gibson and Lanni, J. Opt. Soc. Am. A 8(10), 1991).
/// </summary>
public sealed record SampleMount
{
    /// <summary>Refractive index of the sample's medium (1 to 2).</summary>
    public required double SampleIndex { get; init; }

    /// <summary>Distance of the point from the coverslip, in µm (0 to 5000).</summary>
    public double DepthUm { get; init; }

    /// <summary>Refractive index of the coverslip (1 to 2.5).</summary>
    public double CoverslipIndex { get; init; } = 1.522;

    /// <summary>Refractive index of the coverslip that the objective is designed for (1 to 2.5).</summary>
    public double CoverslipDesignIndex { get; init; } = 1.522;

    /// <summary>Thickness of the coverslip in µm (0 to 5000).</summary>
    public double CoverslipThicknessUm { get; init; } = 170;

    /// <summary>Thickness of the coverslip that the objective is designed for, in µm (0 to 5000).</summary>
    public double CoverslipDesignThicknessUm { get; init; } = 170;

    /// <summary>Refractive index of the immersion that the objective is designed for (1 to 2); null is the immersion as it is.</summary>
    public double? ImmersionDesignIndex { get; init; }

    /// <summary>Thickness of the immersion that the objective is designed for: its working distance, in µm (0 to 50000).</summary>
    public double WorkingDistanceUm { get; init; } = 150;
}
