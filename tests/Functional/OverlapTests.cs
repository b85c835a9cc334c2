using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Functional;

/// <summary>Results leave while later planes still arrive.</summary>
public sealed class OverlapTests(LiveServer server) : IClassFixture<LiveServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // Whole stacks that take a few chunks: 2 megavoxels.
    private static readonly MemoryVolume Image = Volumes.Random(new VolumeInfo(new VolumeShape(32, 256, 256), PixelType.UInt16));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("diagnostic/identity")]
    [InlineData("denoise/gaussian")]
    [InlineData("denoise/median")]
    [InlineData("denoise/nlm")]
    public async Task Run_TwoDimensional_SendsTheFirstResultBeforeHalfOfTheImageHasCome(string operation)
    {
        await using var client = server.Connect();
        var request = new RunRequest(operation)
        {
            // Noise that is not known would have to be estimated over the whole image first.
            Statistics = new IntensityStatistics(0, 99, 49.5, 28.9, 28.9),
        };
        using var firstResult = new ManualResetEventSlim();
        using var image = new HalfReader(Image, firstResult);
        using var result = new Writer(firstResult);
        await client.RunAsync(image, info => result.Begin(info), request, null, Cancellation);
        Assert.Equal(Image.Info.Shape.PlaneCount, result.Planes);
    }

    /// <summary>Holds back the second half of the image until a result has come.</summary>
    private sealed class HalfReader(MemoryVolume image, ManualResetEventSlim firstResult) : IVolumeReader
    {
        public VolumeInfo Info => image.Info;

        public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination)
        {
            if (plane >= Info.Shape.PlaneCount / 2)
            {
                Assert.True(firstResult.Wait(Patience, Cancellation), "No result came of the first half.");
            }

            image.ReadRows(plane, firstRow, rowCount, destination);
        }

        public void Dispose()
        {
            // The image is shared.
        }
    }

    private sealed class Writer(ManualResetEventSlim firstResult) : IVolumeWriter
    {
        private VolumeInfo? _info;

        public VolumeInfo Info => _info!;

        public long Planes { get; private set; }

        public Writer Begin(VolumeInfo info)
        {
            _info = info;
            return this;
        }

        public void WriteRows(long plane, int firstRow, int rowCount, ReadOnlySpan<byte> source)
        {
            firstResult.Set();
            Planes += firstRow + rowCount == Info.Shape.Height ? 1 : 0;
        }

        public void Complete()
        {
            // Nothing is kept.
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
