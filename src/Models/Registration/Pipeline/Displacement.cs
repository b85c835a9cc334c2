namespace InferenceBridge.Models;

/// <summary>How far a frame's content lies from the template's, in px: positive to later slices, down, and right.</summary>
/// <param name="Z">Along z, in slices.</param>
/// <param name="Y">Along y.</param>
/// <param name="X">Along x.</param>
internal readonly record struct Displacement(double Z, double Y, double X)
{
    /// <summary>None.</summary>
    public static Displacement Zero => default;

    /// <summary>By axis: z, y, x.</summary>
    public double this[int axis] => axis switch { 0 => Z, 1 => Y, _ => X };

    /// <summary>Both together.</summary>
    public static Displacement operator +(Displacement a, Displacement b) => new(a.Z + b.Z, a.Y + b.Y, a.X + b.X);

    /// <summary>What leads from one to the other.</summary>
    public static Displacement operator -(Displacement a, Displacement b) => new(a.Z - b.Z, a.Y - b.Y, a.X - b.X);

    /// <summary>Square of the distance, in px².</summary>
    public double Squared => (Z * Z) + (Y * Y) + (X * X);
}
