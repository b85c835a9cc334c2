namespace InferenceBridge.Models.Training;

/// <summary>All planes of one channel of a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Channel">Number of the channel, from 0.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Series">Sequences of planes that are neighbours, each plane X fastest.</param>
internal sealed record ChannelImages(string File, int Channel, int Height, int Width, float[][][] Series)
{
    /// <summary>All planes.</summary>
    public IEnumerable<float[]> Planes => Series.SelectMany(series => series);

    /// <summary>The name for messages.</summary>
    public string Name => Channel == 0 ? File : $"{File}, channel {Channel}";
}
