namespace InferenceBridge.Models.Networks;

/// <summary>The classes of defocus that networks tell apart: −10 to +10 µm by 0.5 µm.</summary>
internal static class DefocusClasses
{
    /// <summary>Number of classes.</summary>
    public const int Count = 41;

    /// <summary>Defocus between neighbouring classes, in µm.</summary>
    public const double Step = 0.5;

    /// <summary>Defocus of the last class, in µm; frames beyond belong to it, or to the first.</summary>
    public const double Largest = 10;

    /// <summary>Class of no defocus.</summary>
    public const int Focused = 20;

    /// <summary>Defocus of every class in µm.</summary>
    public static IReadOnlyList<double> Micrometres { get; } = [.. Enumerable.Range(0, Count).Select(i => (i * Step) - Largest)];

    /// <summary>The class nearest to a defocus in µm.</summary>
    public static int Of(double defocus) => (int)Math.Round((Math.Clamp(defocus, -Largest, Largest) + Largest) / Step);
}
