using System.Globalization;

namespace InferenceBridge.Imaging;

/// <summary>An axis from and to round numbers, with marks at 1, 2 or 5 times a power of ten.</summary>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends, above that.</param>
/// <param name="Step">From mark to mark.</param>
internal readonly record struct ValueAxis(double Low, double High, double Step)
{
    /// <summary>The marks, from the lowest.</summary>
    internal IEnumerable<double> Marks
    {
        get
        {
            var (first, last) = ((long)Math.Ceiling((Low / Step) - 1e-6), (long)Math.Floor((High / Step) + 1e-6));
            for (var i = first; i <= last; i++)
            {
                yield return i * Step;
            }
        }
    }

    /// <summary>An axis that holds all values from <paramref name="low"/> to <paramref name="high"/> and ends at marks.</summary>
    /// <param name="low">Smallest value.</param>
    /// <param name="high">Largest value, not below.</param>
    /// <param name="intervals">How many intervals between marks are aimed at, at least 1.</param>
    internal static ValueAxis Around(double low, double high, int intervals)
    {
        // A trace that never changes lies in the middle; float64 could not tell marks apart that are closer.
        var least = Math.Max(1e-9, 1e-9 * Math.Max(Math.Abs(low), Math.Abs(high)));
        if (high - low < least)
        {
            var room = Math.Max(Math.Max(Math.Abs(low), Math.Abs(high)) / 10, 0.05);
            (low, high) = (low - room, high + room);
        }

        var step = RoundStep((high - low) / intervals);
        return new ValueAxis(Math.Floor((low / step) + 1e-6) * step, Math.Ceiling((high / step) - 1e-6) * step, step);
    }

    /// <summary>An axis between given ends.</summary>
    internal static ValueAxis Between(double low, double high, int intervals) => new(low, high, Math.Max(1, RoundStep(Math.Max(high - low, 1) / intervals)));

    /// <summary>An axis between given ends with marks at parts of 1 too.</summary>
    internal static ValueAxis Spanning(double low, double high, int intervals) => new(low, high, high > low ? RoundStep((high - low) / intervals) : 1);

    internal double Part(double value) => High > Low ? (value - Low) / (High - Low) : 0.5;

    /// <summary>A mark as text, with as many digits as the step needs.</summary>
    internal string Text(double mark)
    {
        var digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(Step) - 1e-9), 0, 9);
        return Math.Abs(mark) >= 1e6 ? mark.ToString("0.##e0", CultureInfo.InvariantCulture) : (mark == 0 ? 0 : mark).ToString("F" + digits, CultureInfo.InvariantCulture);
    }

    private static double RoundStep(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * ((step / power) switch { <= 1.0001 => 1, <= 2.0001 => 2, <= 5.0001 => 5, _ => 10 });
    }
}
