namespace InferenceBridge.Imaging;

/// <summary>A field of displacements to show.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Y">Displacements along y, X fastest; likewise x. In px.</param>
/// <param name="X">See there.</param>
/// <param name="Caption">What it is, in a few words.</param>
public sealed record MotionPanel(int Width, int Height, float[] Y, float[] X, string Caption);
