namespace InferenceBridge.Models.Training;

/// <summary>A clean image that pairs are made from.</summary>
/// <param name="Name">Where it comes from, for messages.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Light">X fastest; nearly the darkest value is 0, nearly the brightest 1.</param>
internal sealed record CleanImage(string Name, int Height, int Width, float[] Light);
