using InferenceBridge.Models.Packages;

namespace InferenceBridge.Models.Tests.Packages;

public class AxisGeometryTests
{
    [Theory]
    [InlineData(32, 16, 1, 32)]
    [InlineData(32, 16, 32, 32)]
    [InlineData(32, 16, 33, 48)]
    [InlineData(32, 16, 100, 112)]
    [InlineData(1, 1, 77, 77)]
    [InlineData(512, 0, 100, 512)]
    [InlineData(512, 0, 600, 600)]
    public void Padded_Size_IsTheNextThatTheNetworkTakes(int minimum, int step, int size, int expected) =>
        Assert.Equal(expected, new AxisGeometry(AxisKind.X, minimum, step, 8, false).Padded(size));

    [Theory]
    [InlineData(32, 16, 20, 100)]
    [InlineData(32, 16, 20, 1000)]
    [InlineData(16, 8, 0, 77)]
    [InlineData(1, 1, 3, 50)]
    [InlineData(48, 16, 5, 49)]
    [InlineData(64, 0, 8, 500)]
    [InlineData(64, 0, 8, 65)]
    [InlineData(64, 0, 8, 40)]
    public void Blocks_AnyPart_CoverItOnceOnTheGridWithinTheMargin(int minimum, int step, int reach, int size)
    {
        var axis = new AxisGeometry(AxisKind.X, minimum, step, reach, false);
        foreach (var (first, end) in new[] { (0, size), (size / 3, (size / 2) + 1), (size - 1, size), (0, 1) })
        {
            var at = first;
            foreach (var block in axis.Blocks(size, first, end, 90))
            {
                Assert.Equal(at, block.First);
                Assert.True(block.End > block.First);
                at = block.End;
                Assert.Equal(0, step == 0 ? block.Length - minimum : (block.Length - minimum) % step);
                Assert.Equal(0, step == 0 ? 0 : block.Start % step);
                Assert.InRange(block.Start, 0, block.First);

                // Whatever a kept pixel looks at is in the block, or beyond the padded image.
                Assert.True(block.Start == 0 || block.Start <= block.First - reach);
                Assert.True(block.Start + block.Length >= Math.Min(axis.Padded(size), block.End + reach));

                // A tile that brings the margin has all that the block and its mirrored end need.
                var (tileStart, tileEnd) = (Math.Max(0, first - axis.Margin(size)), Math.Min(size, end + axis.Margin(size)));
                Assert.True(block.Start >= tileStart, $"Block {block} begins before the tile at {tileStart}.");
                Assert.True(Math.Min(size, block.Start + block.Length) <= tileEnd, $"Block {block} ends behind the tile at {tileEnd}.");
                var mirrored = (2 * (size - 1)) - (block.Start + block.Length - 1);
                Assert.True(block.Start + block.Length <= size || mirrored < 0 || mirrored >= tileStart);
            }

            Assert.Equal(end, at);
        }
    }

    [Fact]
    public void Blocks_OfAWholeImage_AreOfOneLength()
    {
        // Three blocks: 2048 + 2 × 448 px in all, of which each takes a third, up to the next on the grid of 32.
        var axis = new AxisGeometry(AxisKind.X, 32, 32, 224, false);
        Assert.Equal([992, 992, 960], axis.Blocks(2048, 0, 2048, 1100).Select(block => block.Length).OrderDescending());
        Assert.Equal([1248, 1248], axis.Blocks(2048, 0, 2048, 1700).Select(block => block.Length));
        Assert.Equal([2048], axis.Blocks(2048, 0, 2048, 2048).Select(block => block.Length));
    }

    [Fact]
    public void Blocks_FixedSize_DoNotDependOnThePart()
    {
        var axis = new AxisGeometry(AxisKind.Y, 64, 0, 8, false);
        var whole = axis.Blocks(300, 0, 300, 1000).Select(block => block.Start).ToHashSet();
        Assert.Equal([0, 48, 96, 144, 192, 236], whole.Order());
        Assert.All(axis.Blocks(300, 77, 200, 10), block => Assert.Contains(block.Start, whole));
    }

    [Theory]
    [InlineData(64, 16, 31, "image.size_y")]
    [InlineData(512, 0, 255, "image.size_y")]
    public void Check_TooSmall_NamesTheSize(int minimum, int step, int size, string field)
    {
        var axis = new AxisGeometry(AxisKind.Y, minimum, step, 4, false);
        Assert.Equal(field, Assert.Throws<InferenceException>(() => axis.Check(size, "image")).Field);
        axis.Check(size + 1, "image");
    }
}
