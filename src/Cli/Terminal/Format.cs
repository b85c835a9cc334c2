using System.Globalization;
using InferenceBridge.Client;

namespace InferenceBridge.Cli;

/// <summary>Numbers as people read them, the same in every locale.</summary>
internal static class Format
{
    private static readonly string[] ByteUnits = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];

    public static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Seconds(double seconds) => $"{seconds.ToString(seconds < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture)} s";

    /// <summary>How a job will run: "3 blocks of 64×256×256 with a halo of 15×15×15 on cpu; about 410.0 MiB of memory predicted".</summary>
    public static string Plan(RunPlan plan)
    {
        var (size, halo) = (plan.TileSize, plan.Halo);
        var blocks = $"{Count(plan.Tiles)} block{(plan.Tiles == 1 ? "" : "s")} of {size.Z}×{size.Y}×{size.X}";
        var around = halo == (0, 0, 0) || plan.Tiles == 1 ? "" : $" with a halo of {halo.Z}×{halo.Y}×{halo.X}";
        return $"{blocks}{around} on {plan.Device}; about {Bytes(plan.PredictedMemoryBytes)} of memory predicted";
    }

    public static string Bytes(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < ByteUnits.Length - 1)
        {
            (value, unit) = (value / 1024, unit + 1);
        }

        return $"{value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture)} {ByteUnits[unit]}";
    }
}
