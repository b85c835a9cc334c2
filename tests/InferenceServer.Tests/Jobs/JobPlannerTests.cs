using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Tests.Support;
using TorchSharp;

namespace InferenceBridge.Server.Tests.Jobs;

public class JobPlannerTests
{
    [Fact]
    public void Plan_TwoDimensional_MakesSlabsOfFourMegavoxels()
    {
        var plan = Plan(new VolumeShape(1000, 512, 512), new TensorJobPlan { Halo = new Halo(0, 8, 8) });
        Assert.Equal((16, 512, 512), (plan.Tiles.CoreDepth, plan.Tiles.CoreHeight, plan.Tiles.CoreWidth));
        Assert.False(plan.Spools);

        // 16 MiB of planes of 512 KiB.
        Assert.Equal(32, plan.WindowPlanes);
    }

    [Theory]
    [InlineData(64, 8)] // An eighth of 64 planes.
    [InlineData(24, 8)] // Not less than half a megavoxel.
    [InlineData(4, 4)]
    public void Plan_SmallTwoDimensional_LetsTheFirstSlabLeaveEarly(int depth, int slab)
    {
        var plan = Plan(new VolumeShape(depth, 256, 256), new TensorJobPlan { Halo = new Halo(0, 8, 8) });
        Assert.Equal(slab, plan.Tiles.CoreDepth);
    }

    [Fact]
    public void Plan_LargePlanesWithHalo_MakesSlabsOfFourHalos()
    {
        var plan = Plan(new VolumeShape(1000, 2048, 2048), new TensorJobPlan { Halo = new Halo(4, 4, 4) });
        Assert.Equal(16, plan.Tiles.CoreDepth);
        Assert.Equal(24, plan.WindowPlanes);
    }

    [Fact]
    public void Plan_PrefersWholeStack_MakesOneTileAStack()
    {
        var plan = Plan(new VolumeShape(2, 3, 300, 256, 256), new TensorJobPlan { Halo = new Halo(9, 9, 9), PrefersWholeStack = true });
        Assert.Equal(6, plan.Tiles.TileCount);

        // No more than the planes of a tile, since 16 MiB hold only 128.
        Assert.Equal(300, plan.WindowPlanes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Plan_SmallBudget_KeepsTilesWithinIt(bool prefersWhole)
    {
        var needs = new TensorJobPlan { Halo = new Halo(2, 2, 2), PrefersWholeStack = prefersWhole, DeviceBytesPerVoxel = 40, DeviceBytesFixed = 1 << 20 };
        var plan = Plan(new VolumeShape(64, 128, 128), needs, new InferenceServerOptions { MemoryBudgetBytes = 2 << 20 });
        Assert.InRange(plan.Tiles.LargestInputElementCount * 40, 1, 1 << 20);
    }

    [Fact]
    public void Plan_FixedNeedBeyondTheBudget_IsRefused()
    {
        var refusal = Assert.Throws<InferenceException>(() => Plan(new VolumeShape(1, 1, 1), new TensorJobPlan { DeviceBytesFixed = 1L << 50 }));
        Assert.Equal(InferenceError.DeviceOutOfMemory, refusal.Error);
    }

    [Fact]
    public void Plan_BlockOfOneVoxelBeyondTheBudget_TellsWhatItTakesAndWhatThereIs()
    {
        var needs = new TensorJobPlan { Halo = new Halo(10, 10, 50), PrefersWholeStack = true, DeviceBytesPerVoxel = 100, DeviceBytesFixed = 1000 };
        var refusal = Assert.Throws<InferenceException>(
            () => Plan(new VolumeShape(64, 128, 90), needs, new InferenceServerOptions { MemoryBudgetBytes = 2 << 20 }));

        // 21 × 21 voxels, and all 90 along x.
        Assert.Equal(InferenceError.DeviceOutOfMemory, refusal.Error);
        Assert.StartsWith("Even a block of one voxel takes 3970000 bytes on the device, with its halo of 10×10×50 (z×y×x); accepted by this server: 2097152 (",
            refusal.Message, StringComparison.Ordinal);
    }

    private static JobPlan Plan(VolumeShape shape, TensorJobPlan needs, InferenceServerOptions? options = null)
    {
        var operation = new TestOperation("test/plan") { Needs = needs, Compute = (tile, _) => tile.clone() };
        var request = new JobRequest
        {
            Operation = operation,
            Parameters = ParameterSet.Create([], new Dictionary<string, object>()),
            Image = new VolumeInfo(shape, PixelType.UInt16),
            Auxiliaries = [],
            Statistics = null,
            OutputPixelType = PixelType.UInt16,
            Description = new Proto.VolumeDescription(),
        };
        options ??= new InferenceServerOptions();
        return new JobPlanner(options, new ScratchSpace(options)).Plan(request, operation, new ComputeDevice("cpu", "", 0, torch.CPU));
    }
}
