namespace InferenceBridge.Imaging.Tests;

public class ChunkSequenceTests
{
    // 6 planes of 3 rows of 4 uint16 pixels: 24 bytes a plane, 8 a row.
    private static readonly VolumeInfo Info = new(new VolumeShape(1, 2, 3, 3, 4), PixelType.UInt16);

    [Fact]
    public void Accept_PlanesAndRowsInOrder_Completes()
    {
        var sequence = new ChunkSequence(Info, "image");

        Assert.Equal(new ChunkRange(0, 2, 0, 3), Accept(sequence, 0, 2, 0, 0, 48));
        Assert.Equal(new ChunkRange(2, 1, 0, 2), Accept(sequence, 2, 1, 0, 2, 16));
        Assert.Equal(2, sequence.PlanesReceived);
        Assert.Equal(new ChunkRange(2, 1, 2, 1), Accept(sequence, 2, 1, 2, 1, 8));
        Assert.Equal(3, sequence.PlanesReceived);
        Assert.False(sequence.IsComplete);
        Accept(sequence, 3, 3, 0, 3, 72);
        Assert.True(sequence.IsComplete);
        sequence.CheckComplete();
    }

    [Theory]
    [InlineData(1, 1, 0, 0)] // repeated
    [InlineData(3, 1, 0, 0)] // gap
    [InlineData(0, 1, 0, 0)] // back
    [InlineData(-1, 1, 0, 0)]
    [InlineData(2, 0, 0, 0)]
    [InlineData(2, -1, 0, 0)]
    [InlineData(2, 5, 0, 0)] // beyond the last
    [InlineData(2, long.MaxValue, 0, 0)]
    [InlineData(2, 1, 1, 1)] // row too far
    [InlineData(2, 1, 0, 4)] // rows beyond the last
    [InlineData(2, 1, 0, -1)]
    [InlineData(2, 1, 0, long.MaxValue)]
    [InlineData(2, 2, 0, 2)] // part of two planes
    [InlineData(2, 1, -1, 0)]
    public void Accept_OutOfOrder_IsRefusedAndChangesNothing(long firstPlane, long planeCount, long firstRow, long rowCount)
    {
        var sequence = new ChunkSequence(Info, "image");
        Accept(sequence, 0, 2, 0, 0, 48);

        var fault = Assert.Throws<InferenceException>(() => Accept(sequence, firstPlane, planeCount, firstRow, rowCount, 24));

        Assert.Equal(InferenceError.ChunkOutOfOrder, fault.Error);
        Assert.Contains("plane 2 from row 0", fault.Message, StringComparison.Ordinal);
        Accept(sequence, 2, 4, 0, 0, 96);
        Assert.True(sequence.IsComplete);
    }

    [Fact]
    public void Accept_WholePlanesAmidPlane_IsRefused()
    {
        var sequence = new ChunkSequence(Info, "image");
        Accept(sequence, 0, 1, 0, 1, 8);

        var fault = Assert.Throws<InferenceException>(() => Accept(sequence, 0, 1, 1, 0, 24));

        Assert.Equal(InferenceError.ChunkOutOfOrder, fault.Error);
    }

    [Fact]
    public void Accept_AfterTheLast_IsRefused()
    {
        var sequence = new ChunkSequence(Info, "psf");
        Accept(sequence, 0, 6, 0, 0, 144);

        var fault = Assert.Throws<InferenceException>(() => Accept(sequence, 6, 1, 0, 0, 24));

        Assert.Equal((InferenceError.ChunkOutOfOrder, "psf.chunk.first_plane"), (fault.Error, fault.Field));
        Assert.Contains("nothing", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(25)]
    public void Accept_WrongNumberOfBytes_NamesBoth(int bytes)
    {
        var fault = Assert.Throws<InferenceException>(() => Accept(new ChunkSequence(Info, "image"), 0, 1, 0, 0, bytes));

        Assert.Equal(InferenceError.ChunkSizeMismatch, fault.Error);
        Assert.Contains($"{bytes} bytes; accepted: 24", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accept_WrongCrc_IsRefused()
    {
        var fault = Assert.Throws<InferenceException>(() => new ChunkSequence(Info, "image").Accept(0, 1, 0, 0, new byte[24], 1));

        Assert.Equal((InferenceError.ChunkCorrupt, "image.chunk.crc32c"), (fault.Error, fault.Field));
    }

    [Fact]
    public void CheckComplete_RowsMissing_SaysWhere()
    {
        var sequence = new ChunkSequence(Info, "image");
        Accept(sequence, 0, 5, 0, 0, 120);
        Accept(sequence, 5, 1, 0, 2, 16);

        var fault = Assert.Throws<InferenceException>(sequence.CheckComplete);

        Assert.Equal(InferenceError.UploadIncomplete, fault.Error);
        Assert.Contains("plane 5, row 2", fault.Message, StringComparison.Ordinal);
    }

    private static ChunkRange Accept(ChunkSequence sequence, long firstPlane, long planeCount, long firstRow, long rowCount, int bytes)
    {
        var data = Enumerable.Range(0, bytes).Select(value => (byte)value).ToArray();
        return sequence.Accept(firstPlane, planeCount, firstRow, rowCount, data, Crc32C.Compute(data));
    }
}
