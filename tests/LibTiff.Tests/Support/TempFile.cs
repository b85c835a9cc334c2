namespace InferenceBridge.LibTiff.Tests.Support;

/// <summary>A file name in the temporary folder; the file is deleted at the end.</summary>
internal sealed class TempFile : IDisposable
{
    public string Name { get; } = Path.Combine(Path.GetTempPath(), $"libtiff-{Guid.NewGuid():N}.tif");

    public TempFile(byte[]? content = null)
    {
        if (content is not null)
            File.WriteAllBytes(Name, content);
    }

    public void Dispose() => File.Delete(Name);
}
