namespace InferenceBridge.Imaging;

/// <summary>Units of length as ImageJ and OME spell them.</summary>
public static class LengthUnits
{
    private static readonly Dictionary<string, double> MicrometresByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["µm"] = 1,       // U+00B5 micro sign
        ["μm"] = 1,       // U+03BC Greek mu
        ["\\u00B5m"] = 1,  // ImageJ escapes the micro sign in TIFF descriptions
        ["um"] = 1,
        ["micron"] = 1,
        ["microns"] = 1,
        ["micrometer"] = 1,
        ["micrometers"] = 1,
        ["micrometre"] = 1,
        ["micrometres"] = 1,
        ["nm"] = 1e-3,
        ["nanometer"] = 1e-3,
        ["nanometers"] = 1e-3,
        ["nanometre"] = 1e-3,
        ["nanometres"] = 1e-3,
        ["å"] = 1e-4,      // U+00E5, and U+00C5 in capitals
        ["\u212B"] = 1e-4, // angstrom sign
        ["angstrom"] = 1e-4,
        ["pm"] = 1e-6,
        ["mm"] = 1e3,
        ["millimeter"] = 1e3,
        ["millimetre"] = 1e3,
        ["millimeters"] = 1e3,
        ["millimetres"] = 1e3,
        ["cm"] = 1e4,
        ["centimeter"] = 1e4,
        ["centimetre"] = 1e4,
        ["m"] = 1e6,
        ["meter"] = 1e6,
        ["metre"] = 1e6,
        ["dm"] = 1e5,
        ["km"] = 1e9,
        ["ft"] = 304800,
        ["yd"] = 914400,
        ["thou"] = 25.4,
        ["in"] = 25400,
        ["inch"] = 25400,
        ["inches"] = 25400,
    };

    /// <summary>Micrometres in one <paramref name="unit"/>; false where it is not a length ("pixel").</summary>
    public static bool TryGetMicrometres(string unit, out double micrometres) =>
        MicrometresByName.TryGetValue(unit.Trim(), out micrometres);
}
