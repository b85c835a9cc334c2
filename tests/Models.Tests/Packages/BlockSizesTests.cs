using InferenceBridge.Models.Packages;

namespace InferenceBridge.Models.Tests.Packages;

public class BlockSizesTests
{
    private const long GiB = 1L << 30;

    [Theory]
    [InlineData(2048, 2048, 224, 450, 1)]
    [InlineData(2048, 2048, 224, 1024, 1.6)]
    [InlineData(2048, 2048, 384, 900, 1.9)]
    [InlineData(4096, 4096, 224, 450, 1.5)]
    [InlineData(300, 40000, 224, 450, 1.1)]
    public void For_ReachOfOurNetworks_ComputesLittleTwiceWithinMemory(int height, int width, int reach, int bytes, double mostWork)
    {
        var traits = Traits(reach, bytes);

        var blocks = BlockSizes.For(traits, [1, 1, 1, height, width], 4 * GiB);

        Assert.InRange(blocks.Voxels * bytes, 1, 2 * GiB);
        var work = Sum(traits, AxisKind.Y, height, blocks.Y) * Sum(traits, AxisKind.X, width, blocks.X) / ((double)height * width);
        Assert.InRange(work, 1, mostWork);
    }

    [Fact]
    public void For_MemoryForAll_TakesTheWholeImage() =>
        Assert.Equal(new BlockSizes(1, 1024, 1536), BlockSizes.For(Traits(224, 450), [1, 1, 9, 1010, 1536], 4 * GiB));

    [Fact]
    public void For_MemoryForNone_TakesTheShortest() =>
        Assert.Equal(new BlockSizes(1, 512, 512), BlockSizes.For(Traits(224, 450), [1, 1, 9, 3000, 5000], 1000));

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 1)]
    public void For_SmallPlanes_TakesSeveralAtOnceWhereTheNetworkCan(bool canBatch, int planes)
    {
        // 128² px of 1000 bytes are 16.4 million; 64 MiB hold four.
        var traits = Traits(224, 1000) with { CanBatch = canBatch };
        Assert.Equal(new BlockSizes(planes, 128, 128), BlockSizes.For(traits, [1, 1, 9, 128, 128], 4 * GiB));
        Assert.Equal(new BlockSizes(canBatch ? 3 : 1, 128, 128), BlockSizes.For(traits, [1, 1, 3, 128, 128], 4 * GiB));
    }

    private static NetworkTraits Traits(int reach, int bytes) => new(
        new Dictionary<AxisKind, AxisGeometry>
        {
            [AxisKind.Y] = new AxisGeometry(AxisKind.Y, 32, 32, reach, false),
            [AxisKind.X] = new AxisGeometry(AxisKind.X, 32, 32, reach, false),
        },
        bytes, false);

    private static double Sum(NetworkTraits traits, AxisKind kind, int size, int longest)
    {
        var blocks = traits.Axes[kind].Blocks(size, 0, size, longest).ToArray();
        Assert.All(blocks, block => Assert.InRange(block.Length, 1, longest));
        return blocks.Sum(block => (double)block.Length);
    }
}
