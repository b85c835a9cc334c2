using InferenceBridge.Soak.Load;
using InferenceBridge.Soak.Support;

namespace InferenceBridge.Soak.Faults;

/// <summary>`ib run` as a process of its own, killed at any moment. It must leave no part of a result under the name that was asked for.</summary>
internal sealed class KilledClient : IActor, IDisposable
{
    private const int LongestLifeMilliseconds = 2500;

    private static readonly VolumeShape Shape = new(32, 512, 512);

    private readonly string _address;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ib-soak-client-");
    private readonly string _image;

    public KilledClient(string address)
    {
        _address = address;
        _image = Path.Combine(_folder.FullName, "image.tif");

        // Large enough to be under way for a second or so.
        var info = new VolumeInfo(Shape, PixelType.UInt16);
        using var writer = VolumeFile.Create(_image, info);
        var plane = new byte[info.PlaneBytes];
        new Random(3).NextBytes(plane);
        for (var z = 0; z < info.Shape.PlaneCount; z++)
        {
            writer.WriteRows(z, 0, info.Shape.Height, plane);
        }

        writer.Complete();
    }

    public string Name => "killed";

    public async Task ActAsync(Random random, CancellationToken cancellation)
    {
        var output = Path.Combine(_folder.FullName, "result.tif");
        var operation = random.Next(2) == 0 ? "denoise/nlm" : "denoise/gaussian";
        using var client = ToolProcess.Start(ToolProcess.Tool, ["run", operation, _image, output, "--server", _address]);
        using var life = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        life.CancelAfter(random.Next(LongestLifeMilliseconds));
        await client.WaitForExitAsync(life.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (client.HasExited)
        {
            Assert.True(client.ExitCode == 0, client.Errors);
        }
        else
        {
            client.Kill();

            // It may have been done in the last moment; a part of a result never has the name.
            if (File.Exists(output))
            {
                using var reader = VolumeFile.OpenRead(output);
                Assert.Equal(Shape, MemoryVolume.From(reader).Info.Shape);
            }
        }

        // What a killed client has begun lies beside it under another name.
        foreach (var file in _folder.EnumerateFiles().Where(file => file.FullName != _image))
        {
            file.Delete();
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
