namespace InferenceBridge.Imaging.Tests;

public sealed class PngWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("png").FullName;

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 3, 1)]
    [InlineData(5, 9, 3)]
    [InlineData(300, 200, 3)]
    public void Write_Picture_ReadsBack(int width, int height, int channels)
    {
        var picture = new Picture(width, height, channels);
        var noise = ReferenceData.Noise(1, picture.Pixels.Length, 256);
        for (var i = 0; i < noise.Length; i++)
        {
            picture.Pixels[i] = (byte)noise[i];
        }

        var path = Path.Combine(_folder, "picture.png");
        PngWriter.Write(path, picture);

        var read = PngReader.Read(File.ReadAllBytes(path));
        Assert.Equal((width, height, channels), (read.Width, read.Height, read.Channels));
        Assert.Equal(picture.Pixels, read.Pixels);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_NoSuchFolder_IsUnwritable()
    {
        var path = Path.Combine(_folder, "absent", "picture.png");

        var fault = Assert.Throws<InferenceException>(() => PngWriter.Write(path, new Picture(1, 1, 1)));

        Assert.Equal((InferenceError.FileUnwritable, path), (fault.Error, fault.Field));
    }

    [Fact]
    public void Write_NameOfAFolder_LeavesNothingBehind()
    {
        var path = Directory.CreateDirectory(Path.Combine(_folder, "taken")).FullName;

        Assert.Throws<InferenceException>(() => PngWriter.Write(path, new Picture(1, 1, 1)));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, 1, 2)]
    public void New_BadSize_Throws(int width, int height, int channels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Picture(width, height, channels));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
