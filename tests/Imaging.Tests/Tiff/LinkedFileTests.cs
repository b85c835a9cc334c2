namespace InferenceBridge.Imaging.Tests;

public sealed class LinkedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-links-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void OpenRead_LinkToALink_ReadsTheFile()
    {
        var path = Path.Combine(_folder, "image.tif");
        var volume = MemoryVolume.FromSingles([.. Enumerable.Range(0, 64 * 80).Select(i => (float)i)], new VolumeShape(1, 64, 80));
        using (var writer = VolumeFile.Create(path, volume.Info))
        {
            writer.WriteRows(0, 0, 64, volume.Plane(0).Span);
            writer.Complete();
        }

        File.CreateSymbolicLink(Path.Combine(_folder, "a.tif"), path);
        File.CreateSymbolicLink(Path.Combine(_folder, "b.tif"), "a.tif");
        using var file = VolumeFile.OpenRead(Path.Combine(_folder, "b.tif"));
        var values = new float[64 * 80];
        file.ReadPlane(0, values);
        Assert.Equal(volume.ToSingles(), values);
    }
}
