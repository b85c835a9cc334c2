using InferenceBridge.LibTiff.Tests.Support;

namespace InferenceBridge.LibTiff.Tests;

public class StreamTests
{
    [Theory]
    [InlineData("w")]
    [InlineData("wb")]
    [InlineData("w8")]
    public void ClientOpen_MemoryStream_WritesAndReadsTheSameBytesAsAFile(string mode)
    {
        // More than the bridge's chunk, so that it splits.
        byte[] pixels = Image.Noise(1500 * 1000);
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, mode))
            Write(tif, pixels);
        var stream = new KeptStream();
        using (Tiff? tif = Tiff.ClientOpen("memory", mode, stream, new TiffStream()))
            Write(tif!, pixels);

        Assert.True(stream.Closed);
        Assert.Equal(File.ReadAllBytes(file.Name), stream.ToArray());
        using Tiff? read = Tiff.ClientOpen("memory", "rc", new MemoryStream(stream.ToArray()), new TiffStream());
        Assert.NotNull(read);
        Assert.Equal("memory", read.FileName());
        Assert.Equal(pixels, Image.ReadStrips(read, pixels.Length));
    }

    [Fact]
    public void ClientOpen_StreamThatThrowsWhenReading_GivesNullWithItsMessage()
    {
        Messages messages = Messages.Capture();

        Assert.Null(Tiff.ClientOpen("x", "r", null, new ThrowingStream()));
        Assert.Contains(messages.Errors, error => error.Contains("the cable is out", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_StreamThatThrowsLater_PassesItsException()
    {
        byte[] bytes = new HandMade().Header(12).Raw(1, 2, 3, 4)
            .EntryCount(8).GreyEntries(2, 2, 8, 8, 4).Offset(0).ToArray();
        var stream = new ThrowingStream { Good = true };
        using Tiff? tif = Tiff.ClientOpen("x", "r", new MemoryStream(bytes), stream);
        Assert.NotNull(tif);
        stream.Good = false;

        var exception = Assert.Throws<IOException>(() => tif.ReadEncodedStrip(0, new byte[4], 0, -1));
        Assert.Equal("the cable is out", exception.Message);
        stream.Good = true;
    }

    [Fact]
    public void ClientOpen_NoStream_GivesNullAndAMessage()
    {
        Messages messages = Messages.Capture();

        Assert.Null(Tiff.ClientOpen("x", "r", new MemoryStream(), null));
        Assert.NotEmpty(messages.Errors);
    }

    private static void Write(Tiff tif, byte[] pixels)
    {
        Image.Describe(tif, 1500, 1000, 8);
        Image.WriteStrips(tif, pixels, rowsPerStrip: 1000);
    }

    private sealed class KeptStream : MemoryStream
    {
        public bool Closed { get; private set; }

        public override void Close()
        {
            Closed = true;
            base.Close();
        }
    }

    private sealed class ThrowingStream : TiffStream
    {
        public bool Good { get; set; }

        public override int Read(object? clientData, byte[] buffer, int offset, int count) =>
            Good ? base.Read(clientData, buffer, offset, count) : throw new IOException("the cable is out");

        public override long Seek(object? clientData, long offset, SeekOrigin origin) =>
            clientData is null ? 0 : base.Seek(clientData, offset, origin);

        public override long Size(object? clientData) => clientData is null ? 0 : base.Size(clientData);

        public override void Close(object? clientData)
        {
        }
    }
}
