namespace InferenceBridge.Models;

/// <summary>One plane that is to be judged.</summary>
/// <param name="Pixels">Finite values, X fastest, then Y.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="ZMicrometres">Position of the stage in µm; null where it is not known.</param>
internal sealed record FocusFrame(float[] Pixels, int Height, int Width, double? ZMicrometres);
