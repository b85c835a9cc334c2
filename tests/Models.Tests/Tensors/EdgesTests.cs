namespace InferenceBridge.Models.Tests;

public class EdgesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Source_FarBeyondTheImage_KeepsFolding(int size)
    {
        for (var position = -4 * size; position < 5 * size; position++)
        {
            Assert.Equal(Mirroring.Symmetric(position, size), Edges.Source(position, size, EdgeMode.Symmetric));
            Assert.Equal(Mirroring.Whole(position, size), Edges.Source(position, size, EdgeMode.Mirror));
            Assert.Equal(Mirroring.Nearest(position, size), Edges.Source(position, size, EdgeMode.Nearest));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(11, 12)]
    [InlineData(286, 288)]
    [InlineData(62, 63)]
    [InlineData(211, 216)]
    public void AtLeast_Size_IsTheNextProductOfSmallPrimes(int minimum, int expected) => Assert.Equal(expected, FourierSize.AtLeast(minimum));

    [Theory]
    [InlineData(10, 3)]
    [InlineData(7, 7)]
    [InlineData(5, 100)]
    [InlineData(3, 0)]
    public void Cut_Axis_IsCoveredInOrderWithoutGap(int size, long longest)
    {
        var next = 0;
        foreach (var piece in Piece.Cut(size, longest))
        {
            Assert.Equal(next, piece.Start);
            Assert.InRange(piece.Length, 1, Math.Max(1, longest));
            next += piece.Length;
        }

        Assert.Equal(size, next);
    }
}
