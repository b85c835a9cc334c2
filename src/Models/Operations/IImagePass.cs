namespace InferenceBridge.Models;

/// <summary>Goes through a whole image before a job starts, once or several times, for what a job must know of all of it.</summary>
public interface IImagePass
{
    /// <summary>True while the image has to be gone through once more.</summary>
    bool NeedsReading { get; }

    /// <summary>Takes a plane; each comes once in a reading.</summary>
    /// <param name="channel">Channel of the plane, from 0.</param>
    /// <param name="pixels">float32, row by row.</param>
    void Add(int channel, ReadOnlySpan<float> pixels);

    /// <summary>A reading is over.</summary>
    void EndReading();
}
