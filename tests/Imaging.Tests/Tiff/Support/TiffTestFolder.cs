using System.Runtime.InteropServices;

namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>A folder of TIFFs that is gone after the test.</summary>
public abstract class TiffTestFolder : IDisposable
{
    private protected string Folder { get; } = Directory.CreateTempSubdirectory("ib-tiff-").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected string At(string name) => Path.Combine(Folder, name);

    /// <summary>The only page's values, channel after channel.</summary>
    private protected static T[] Values<T>(TiffVolumeReader reader)
        where T : unmanaged
    {
        var volume = MemoryVolume.From(reader);
        var values = new List<T>();
        for (long plane = 0; plane < volume.Info.Shape.PlaneCount; plane++)
        {
            values.AddRange(MemoryMarshal.Cast<byte, T>(volume.Plane(plane).Span));
        }

        return [.. values];
    }

    private protected static InferenceException Refusal(string path, InferenceError expected = InferenceError.FileFormatInvalid)
    {
        var error = Assert.Throws<InferenceException>(() =>
        {
            using var reader = VolumeFile.OpenRead(path);
            MemoryVolume.From(reader);
        });
        Assert.Equal(expected, error.Error);
        return error;
    }
}
