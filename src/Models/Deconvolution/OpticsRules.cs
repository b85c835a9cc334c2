using System.Globalization;

namespace InferenceBridge.Models;

/// <summary>What optics are possible. Names are those of the operations' parameters.</summary>
internal static class OpticsRules
{
    public static void Check(Optics optics)
    {
        Require("na", optics.NumericalAperture, optics.NumericalAperture is >= 0.02 and <= 1.9, "0.02 to 1.9");
        Require("index", optics.ImmersionIndex, optics.ImmersionIndex is >= 1 and <= 2, "1 to 2, such as 1.0 for air, 1.333 for water, 1.515 for oil");
        Require("na", optics.NumericalAperture, optics.NumericalAperture < optics.ImmersionIndex,
            string.Create(CultureInfo.InvariantCulture, $"below the refractive index of the immersion, index = {optics.ImmersionIndex}"));
        Wavelength("wavelength", optics.WavelengthNm);
        CheckMicroscope(optics);
        if (optics.Mount is { } mount && optics.Model == PsfModel.GibsonLanni)
        {
            CheckMount(mount);
        }
    }

    /// <summary>Refuses a value outside of what is accepted.</summary>
    public static void Require(string name, double value, bool sound, string accepted)
    {
        if (!sound)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, $"parameters.{name}",
                string.Create(CultureInfo.InvariantCulture, $"Parameter {name} is {value}; accepted: {accepted}."));
        }
    }

    private static void Wavelength(string name, double value) => Require(name, value, value is >= 100 and <= 3000, "100 to 3000 nm");

    private static void CheckMicroscope(Optics optics)
    {
        if (optics.Microscope is Microscope.Confocal or Microscope.TwoPhoton)
        {
            var name = optics.Microscope == Microscope.Confocal ? "confocal" : "two-photon";
            Require("excitation_wavelength", optics.ExcitationWavelengthNm ?? 0, optics.ExcitationWavelengthNm is >= 100 and <= 3000,
                $"100 to 3000 nm, which a {name} microscope needs");
        }

        Require("pinhole", optics.PinholeAiryUnits, optics.PinholeAiryUnits is >= 0 and <= 100, "0 to 100 Airy units");
        Require("sheet_thickness", optics.SheetThicknessUm, optics.SheetThicknessUm is >= 0.05 and <= 1000, "0.05 to 1000 µm");
    }

    private static void CheckMount(SampleMount mount)
    {
        Index("sample_index", mount.SampleIndex, 2);
        Index("coverslip_index", mount.CoverslipIndex, 2.5);
        Index("coverslip_design_index", mount.CoverslipDesignIndex, 2.5);
        Index("immersion_design_index", mount.ImmersionDesignIndex ?? 1, 2);
        Thickness("depth", mount.DepthUm, 5000);
        Thickness("coverslip_thickness", mount.CoverslipThicknessUm, 5000);
        Thickness("coverslip_design_thickness", mount.CoverslipDesignThicknessUm, 5000);
        Thickness("working_distance", mount.WorkingDistanceUm, 50000);
    }

    private static void Index(string name, double value, double maximum) => Require(name, value, value >= 1 && value <= maximum,
        string.Create(CultureInfo.InvariantCulture, $"1 to {maximum}"));

    private static void Thickness(string name, double value, double maximum) => Require(name, value, value >= 0 && value <= maximum,
        string.Create(CultureInfo.InvariantCulture, $"0 to {maximum} µm"));
}
