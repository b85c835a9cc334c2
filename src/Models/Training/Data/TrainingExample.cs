namespace InferenceBridge.Models.Training;

/// <summary>One image that crops are drawn from, all planes of height × width, X fastest.</summary>
/// <param name="Name">Where it comes from, for messages.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Input">One plane for each channel of the network's input.</param>
/// <param name="Target">What the network should give.</param>
/// <param name="Weight">How much each pixel counts, 0 to 1; null where all count alike.</param>
internal sealed record TrainingExample(string Name, int Height, int Width, float[][] Input, float[] Target, float[]? Weight = null);
