using System.Runtime.InteropServices;
using InferenceBridge.Client;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server;

namespace InferenceBridge.Functional;

/// <summary>The shipped network of autofocus behind a real server, on a live stream.</summary>
public sealed class AutofocusNetworkTests : IAsyncLifetime
{
    private const string Operation = "autofocus/spectral";
    private const int Side = 320;
    private const double Sure = 0.6;

    private static readonly FocusOptics Optics = new()
    {
        NumericalAperture = 0.9, WavelengthNm = 560, ImmersionIndex = 1, PixelMicrometres = 0.16, SphericalWaves = 0.25,
    };

    private static readonly Dictionary<string, ParameterValue> Microscope = new()
    {
        ["na"] = 0.9, ["wavelength"] = 560, ["index"] = 1.0, ["spherical"] = 0.25,
    };

    private static readonly VolumeInfo Info = InfoOf(Side);

    private readonly string _folder = Directory.CreateTempSubdirectory("ib-functional-").FullName;
    private InferenceServerHost? _host;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await InferenceServerHost.StartAsync(new InferenceServerOptions
    {
        Urls = "http://127.0.0.1:0", ScratchDirectory = _folder, ModelsFolder = Path.Combine(Root(), "models"),
    });

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    // From 7 µm on a point is spread over two thirds of 320 pixels: there the answer may be unsure or leave the side open, but has to know it.
    [Theory]
    [InlineData(Side, 5)]
    [InlineData(512, 9)]
    public async Task Stream_DefocusedFrames_TellsDistanceAndSide(int side, double farthestSure)
    {
        double[] defocus = [-9, -7, -4, -2, 0, 3, 5, 7, 9];
        using var image = new DefocusedImage(Points(side), side, side, Optics, 10);
        var random = new SeededRandom(8);
        var camera = new FocusCamera { Photons = 1000 };
        var results = await Answers(Microscope, InfoOf(side), [.. defocus.Select(z => Bytes(camera.Expose(image.At(z), side, side, random)))]);
        for (var i = 0; i < defocus.Length; i++)
        {
            var numbers = results[i].Numbers;
            Assert.Equal(0, numbers["empty"]);

            var isSure = numbers["confidence"] >= Sure;
            Assert.InRange(numbers["distance_um"] - Math.Abs(defocus[i]), isSure ? -1 : -2 * numbers["defocus_sd_um"], isSure ? 1 : 2 * numbers["defocus_sd_um"]);
            Assert.True(Math.Abs(defocus[i]) > farthestSure || (isSure && numbers["sign_known"] == 1), $"unsure at {defocus[i]} µm");
            if (isSure && numbers["sign_known"] == 1 && Math.Abs(defocus[i]) > 1)
            {
                Assert.Equal(Math.Sign(defocus[i]), Math.Sign(numbers["defocus_um"]));
                Assert.InRange(numbers["probability_above"], defocus[i] > 0 ? 0.8 : 0, defocus[i] > 0 ? 1 : 0.2);
            }
        }
    }

    [Fact]
    public async Task Stream_NoAberration_LeavesTheSignOpen()
    {
        using var image = new DefocusedImage(Points(Side), Side, Side, Optics with { SphericalWaves = 0 }, 8);
        var frame = Bytes(new FocusCamera { Photons = 1000 }.Expose(image.At(5), Side, Side, new SeededRandom(9)));
        var parameters = Microscope.Where(entry => entry.Key != "spherical").ToDictionary();
        var numbers = (await Answers(parameters, Info, [frame]))[0].Numbers;
        Assert.Equal(0, numbers["sign_known"]);
        Assert.False(numbers.ContainsKey("defocus_um"));
        Assert.Equal(0.5, numbers["probability_above"], 0.05);
        Assert.InRange(numbers["distance_um"], 3.5, 6.5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_535)]
    public async Task Stream_BlackOrSaturatedFrame_IsEmpty(int value)
    {
        var numbers = (await Answers(Microscope, Info, [Bytes([.. Enumerable.Repeat((float)value, Side * Side)])]))[0].Numbers;
        Assert.Equal(1, numbers["empty"]);
        Assert.Equal(0, numbers["confidence"]);
        Assert.Equal(0.5, numbers["probability_above"]);
        Assert.Equal(value == 0 ? 0 : 1, numbers["saturated_share"]);
    }

    [Fact]
    public async Task Stream_MissingOpticsOrPixelSize_SaysWhatToGive()
    {
        var empty = new byte[Info.TotalBytes];
        var optics = await Assert.ThrowsAsync<InferenceException>(() => Answers(Microscope.Where(entry => entry.Key != "na").ToDictionary(), Info, [empty]));
        Assert.Contains("na", optics.Message, StringComparison.Ordinal);
        var pixel = await Assert.ThrowsAsync<InferenceException>(() => Answers(Microscope, Info with { Calibration = Calibration.None }, [empty]));
        Assert.Contains("pixel size", pixel.Message, StringComparison.Ordinal);
        var small = new VolumeInfo(new VolumeShape(1, 100, 200), PixelType.UInt16) { Calibration = Info.Calibration };
        var size = await Assert.ThrowsAsync<InferenceException>(() => Answers(Microscope, small, [new byte[small.TotalBytes]]));
        Assert.Contains("at least 128", size.Message, StringComparison.Ordinal);
    }

    private async Task<List<FrameResult>> Answers(Dictionary<string, ParameterValue> parameters, VolumeInfo info, byte[][] frames)
    {
        await using var client = InferenceBridgeClient.Connect(_host!.Addresses[0]);
        await using var stream = client.OpenFrameStream(new FrameStreamRequest(Operation, info) { Parameters = parameters, QueueLength = frames.Length }, Cancellation);
        for (var i = 0; i < frames.Length; i++)
        {
            await stream.SendAsync(new Frame(i, frames[i]), Cancellation);
        }

        await stream.CompleteAsync();
        var results = new List<FrameResult>();
        await foreach (var result in stream.ReadResultsAsync(Cancellation))
        {
            results.Add(result);
        }

        return results;
    }

    private static VolumeInfo InfoOf(int side) => new(new VolumeShape(1, side, side), PixelType.UInt16)
    {
        Calibration = new Calibration { VoxelWidth = 0.16, VoxelHeight = 0.16, Unit = "micron" },
    };

    // Points and short lines of many strengths, as dense in frames of any size.
    private static float[] Points(int side)
    {
        var random = new SeededRandom(21);
        var light = new float[side * side];
        for (var i = 0; i < 700 * side * side / (Side * Side); i++)
        {
            var (y, x, length) = (random.NextIndex(side), random.NextIndex(side - 24), 1 + random.NextIndex(24));
            light.AsSpan((y * side) + x, length).Fill((float)random.NextUniform(2, 20));
        }

        return light;
    }

    private static byte[] Bytes(float[] frame) =>
        MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(frame, value => (ushort)Math.Clamp(Math.Round(value), 0, ushort.MaxValue))).ToArray();

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "InferenceBridge.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }

        return folder;
    }
}
