using InferenceBridge.Server.Admission;

namespace InferenceBridge.Server.Tests.Admission;

public class MemoryBudgetTests
{
    private static readonly MemoryBudget Budget = new(deviceBytes: 100, serverBytes: 50);

    [Fact]
    public void Fits_Alone_Always() => Assert.True(Budget.Fits([], new JobMemory(1000, 1000, 1000)));

    [Theory]
    [InlineData(25, true)]
    [InlineData(26, false)]
    public void Fits_ServerMemory_IsTheSum(long server, bool fits) =>
        Assert.Equal(fits, Budget.Fits([new JobMemory(1, 1, 25)], new JobMemory(1, 1, server)));

    [Theory]
    // Tiles of 90 and 80, one at a time: 90 and what the other holds.
    [InlineData(80, 10, true)]
    [InlineData(80, 11, false)]

    // The new one's own tile is the largest: 95 and 5.
    [InlineData(95, 0, true)]
    [InlineData(96, 0, false)]
    public void Fits_DeviceMemory_IsTheLargestTileAndWhatOthersHold(long device, long held, bool fits) =>
        Assert.Equal(fits, Budget.Fits([new JobMemory(90, 5, 0)], new JobMemory(device, held, 0)));

    [Fact]
    public void DeviceBytes_NotSet_IsTwiceTheJobs() =>
        Assert.Equal(14 << 20, MemoryBudget.DeviceBytes(new InferenceServerOptions { MemoryBudgetBytes = 7 << 20 }));
}
