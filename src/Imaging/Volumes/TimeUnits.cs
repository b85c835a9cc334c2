namespace InferenceBridge.Imaging;

/// <summary>Units of time as ImageJ and OME spell them.</summary>
public static class TimeUnits
{
    private static readonly Dictionary<string, double> SecondsByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["s"] = 1,
        ["sec"] = 1,
        ["second"] = 1,
        ["seconds"] = 1,
        ["ms"] = 1e-3,
        ["msec"] = 1e-3,
        ["millisecond"] = 1e-3,
        ["milliseconds"] = 1e-3,
        ["µs"] = 1e-6,
        ["μs"] = 1e-6,
        ["us"] = 1e-6,
        ["ns"] = 1e-9,
        ["min"] = 60,
        ["minute"] = 60,
        ["minutes"] = 60,
        ["h"] = 3600,
        ["hour"] = 3600,
        ["hours"] = 3600,
        ["d"] = 86400,
        ["day"] = 86400,
        ["days"] = 86400,
    };

    /// <summary>Seconds in one <paramref name="unit"/>; false where it is not known.</summary>
    public static bool TryGetSeconds(string unit, out double seconds) => SecondsByName.TryGetValue(unit.Trim(), out seconds);
}
