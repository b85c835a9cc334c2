namespace InferenceBridge.Models.Training;

/// <summary>A field at a position.</summary>
/// <param name="Y">Displacement along y, in px; likewise x.</param>
/// <param name="X">See there.</param>
/// <param name="YAlongY">How the displacement along y grows along y; likewise the others.</param>
/// <param name="YAlongX">See there.</param>
/// <param name="XAlongY">See there.</param>
/// <param name="XAlongX">See there.</param>
internal readonly record struct FieldValue(double Y, double X, double YAlongY, double YAlongX, double XAlongY, double XAlongX);
