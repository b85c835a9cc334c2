using System.Globalization;
using System.Security.Cryptography;

namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>
/// Every real file against the table that make_table.py wrote with other readers: axes, type and checksum of the pixels, or
/// why it is not read.
/// </summary>
public sealed class RealFilesTests
{
    private static readonly string[][] Rows = ReadTable();

    public static TheoryData<string> Names => [.. Rows.Select(row => row[0])];

    [Theory]
    [MemberData(nameof(Names))]
    public void OpenRead_RealFile_GivesWhatTheTableSays(string name)
    {
        var path = RealData.Require($"tiff/{name}");
        var row = Rows.Single(row => row[0] == name);
        if (row[9].Length > 0)
        {
            var error = Assert.Throws<InferenceException>(() => Read(path));
            Assert.Contains(row[9], error.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(row[1..8], Read(path));
    }

    [Fact]
    public void Table_FilesInTheFolder_HasThemAll()
    {
        var root = RealData.Require("tiff");
        var files = Directory.EnumerateFiles(root, "*.tif*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'));
        Assert.Equal(files.Order(StringComparer.Ordinal), Rows.Select(row => row[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Table_FilesThatAreNotRead_HaveAReason() =>
        Assert.All(Rows, row => Assert.True(row[9].Length > 0 ? row[10].Length > 0 && row[7].Length == 0 : row[7].Length == 16 && row[8].Length > 0, row[0]));

    // T, C, Z, Y, X, type, checksum, as the table has them.
    private static string[] Read(string path)
    {
        using var reader = VolumeFile.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (shape, buffer) = (reader.Info.Shape, new byte[reader.Info.PlaneBytes]);
        for (long plane = 0; plane < shape.PlaneCount; plane++)
        {
            reader.ReadRows(plane, 0, shape.Height, buffer);
            hash.AppendData(buffer);
        }

        int[] sizes = [shape.Frames, shape.Channels, shape.Depth, shape.Height, shape.Width];
        return [.. sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)), reader.Info.PixelType.Name(),
            Convert.ToHexStringLower(hash.GetHashAndReset())[..16]];
    }

    private static string[][] ReadTable()
    {
        using var reader = new StreamReader(typeof(RealFilesTests).Assembly.GetManifestResourceStream("real-files.tsv")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t'))];
    }
}
