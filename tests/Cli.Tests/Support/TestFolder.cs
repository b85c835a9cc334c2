namespace InferenceBridge.Cli.Tests.Support;

/// <summary>A folder of a test's own, with small images to make in it.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ib-cli-tests-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Names of the files that are here, hidden ones too.</summary>
    public IReadOnlyList<string> Names => [.. _folder.EnumerateFileSystemInfos().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public string MakeFolder(string name) => _folder.CreateSubdirectory(name).FullName;

    public string WriteText(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Writes a stack whose pixel number i (X fastest, then Y, then Z) is <paramref name="value"/>(i).</summary>
    public string WriteStack(string name, VolumeShape shape, Func<int, ushort> value, Calibration? calibration = null)
    {
        var info = new VolumeInfo(shape, PixelType.UInt16) { Calibration = calibration ?? Calibration.None };
        using var writer = VolumeFile.Create(this[name], info);
        var pixels = (int)shape.PlaneElementCount;
        for (var plane = 0; plane < shape.PlaneCount; plane++)
        {
            var first = plane * pixels;
            var bytes = Enumerable.Range(first, pixels).SelectMany(i => BitConverter.GetBytes(value(i))).ToArray();
            writer.WriteRows(plane, 0, shape.Height, bytes);
        }

        writer.Complete();
        return this[name];
    }

    public static float[] Read(string path)
    {
        using var reader = VolumeFile.OpenRead(path);
        return MemoryVolume.From(reader).ToSingles();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
