using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using TorchSharp;

namespace InferenceBridge.Server.Tests.Services;

/// <summary>A card that runs out of memory, played by libtorch's own refusal to allocate more than any machine has.</summary>
public sealed class OutOfMemoryTests
{
    private static readonly MemoryVolume Image = Requests.Ramp(new VolumeShape(4, 8, 8));

    [Fact]
    public async Task Process_TileTooLarge_HalvesUntilItFits()
    {
        await using var server = await StartAsync(new TestOperation("test/memory")
        {
            Compute = (tile, _) => tile.numel() > 100 ? Exhaust() : tile.clone(),
        });
        var outcome = await server.ProcessAsync(Requests.Run("test/memory", Image));
        Assert.Equal(Image.ToSingles(), outcome.Result().ToSingles());
        Assert.Equal("card:0", outcome.Summary.Device);

        // 256 voxels in quarters of 64.
        Assert.Equal(4, outcome.Summary.Tiles);
        Assert.Equal(2, outcome.Summary.Warnings.Count(warning => warning.Contains("halved", StringComparison.Ordinal)));
        await server.ServesAsync();
    }

    [Fact]
    public async Task Process_CardIsFull_FallsBackToTheCpu()
    {
        var starts = 0;
        await using var server = await StartAsync(new TestOperation("test/memory")
        {
            Starting = _ => starts++,
            Compute = (tile, _) => starts == 1 ? Exhaust() : tile.clone(),
        });
        var outcome = await server.ProcessAsync(Requests.Run("test/memory", Image));
        Assert.Equal(Image.ToSingles(), outcome.Result().ToSingles());
        Assert.Equal("card:0", outcome.Accepted.Device);
        Assert.Equal("cpu", outcome.Summary.Device);
        Assert.Contains("cpu took over", outcome.Summary.Warnings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_CardCannotEvenStart_FallsBackToTheCpu()
    {
        var starts = 0;
        await using var server = await StartAsync(new TestOperation("test/memory")
        {
            Starting = _ =>
            {
                if (starts++ == 0)
                {
                    Exhaust();
                }
            },
            Compute = (tile, _) => tile.clone(),
        });
        var outcome = await server.ProcessAsync(Requests.Run("test/memory", Image));
        Assert.Equal(Image.ToSingles(), outcome.Result().ToSingles());
        Assert.Equal("cpu", outcome.Summary.Device);
    }

    [Fact]
    public async Task Process_NothingHelps_IsRefusedAndTheServerServes()
    {
        await using var server = await StartAsync(new TestOperation("test/memory") { Compute = (_, _) => Exhaust() });
        var refusal = await server.RefusedAsync(Requests.Run("test/memory", Image), InferenceError.DeviceOutOfMemory, "image");
        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.Empty(server.Errors);
    }

    private static torch.Tensor Exhaust() => torch.empty([1L << 46], torch.ScalarType.Float32);

    private static Task<TestServer> StartAsync(IOperation operation) => TestServer.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu" },
        [.. BuiltInOperations.All, operation],
        services => services.AddSingleton(new DeviceScheduler(
            [new ComputeDevice("card:0", "A small card", 0, torch.CPU), new ComputeDevice("cpu", "The processor", 0, torch.CPU)])));
}
