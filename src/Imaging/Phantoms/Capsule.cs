using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>A straight piece of a tube with round ends; a ball where both ends coincide. In µm.</summary>
/// <param name="Start">Centre of one end.</param>
/// <param name="End">Centre of the other.</param>
/// <param name="Radius">Radius.</param>
internal readonly record struct Capsule(Vector3 Start, Vector3 End, float Radius)
{
    internal float DistanceToAxis(Vector3 point)
    {
        var axis = End - Start;
        var length = axis.LengthSquared();
        var along = length > 0 ? Math.Clamp(Vector3.Dot(point - Start, axis) / length, 0, 1) : 0;
        return Vector3.Distance(point, Start + (along * axis));
    }
}
