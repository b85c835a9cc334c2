using System.Runtime.InteropServices;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>Little-endian float32 in a temporary file, through which peers get the same input.</summary>
internal sealed class RawFile : IDisposable
{
    public RawFile(ReadOnlySpan<float> values)
    {
        using var stream = File.Create(Path);
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public static float[] Read(string path)
    {
        var values = new float[new FileInfo(path).Length / sizeof(float)];
        using var stream = File.OpenRead(path);
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public void Dispose() => File.Delete(Path);
}
