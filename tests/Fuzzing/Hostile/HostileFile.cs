using InferenceBridge.Fuzzing.Campaigns;

namespace InferenceBridge.Fuzzing.Hostile;

/// <summary>A hostile file on disk, read within the limits that hold for every file.</summary>
internal sealed class HostileFile : IDisposable
{
    /// <summary>Far below the limit for mutated files: these are small and end early.</summary>
    private const long MaxBytes = 64L << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("ib-hostile-").FullName;

    public HostileFile(byte[] bytes) => File.WriteAllBytes(Path, bytes);

    public string Path => System.IO.Path.Combine(_folder, "hostile.tif");

    /// <summary>Reads a file, which must be refused for a reason, in little memory.</summary>
    /// <param name="file">The file.</param>
    /// <param name="reason">Part of the message.</param>
    public static void AssertRefused(HostileTiff file, string reason)
    {
        using var hostile = new HostileFile(file.ToArray());
        var meter = new MemoryMeter();
        var refusal = FileReading.Read(hostile.Path);
        var taken = meter.Taken();
        Assert.NotNull(refusal);
        Assert.Equal(InferenceError.FileFormatInvalid, refusal.Error);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.InRange(taken, long.MinValue, MaxBytes);
    }

    /// <summary>Reads a file, which must be readable.</summary>
    /// <returns>Its shape.</returns>
    public static VolumeShape AssertRead(HostileTiff file)
    {
        using var hostile = new HostileFile(file.ToArray());
        var meter = new MemoryMeter();
        Assert.Null(FileReading.Read(hostile.Path)?.Message);
        Assert.InRange(meter.Taken(), long.MinValue, MaxBytes);
        using var reader = VolumeFile.OpenRead(hostile.Path);
        return reader.Info.Shape;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
