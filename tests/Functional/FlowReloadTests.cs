using InferenceBridge.Client;
using InferenceBridge.Imaging;
using InferenceBridge.Server;

namespace InferenceBridge.Functional;

/// <summary>A network that finds motion is exchanged, and taken away, while an instrument streams through it.</summary>
public sealed class FlowReloadTests : IDisposable
{
    private const string Operation = "register/mine";

    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("ib-models-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _models.Delete(recursive: true);

    [Fact]
    public async Task Stream_PackageReplacedAndRemoved_GoesOnAsItBegan()
    {
        Install("first description");
        await using var host = await InferenceServerHost.StartAsync(new InferenceServerOptions { Urls = "http://127.0.0.1:0", ModelsFolder = _models.FullName }, cancellation: Cancellation);
        await using var client = InferenceBridgeClient.Connect(host.Addresses.Single());
        await DescribedAsync(client, "first description");
        var movie = ShiftedMovie.Create((0, 0), (2, -3), (-1, 1), (3, 2), (0, -2), (1, 1));
        var frame = movie.Info with { Shape = movie.Info.Shape with { Frames = 1 } };
        var expected = await StreamAsync(client, movie, frame, () => Task.CompletedTask);

        var replaced = await StreamAsync(client, movie, frame, () =>
        {
            Install("second description");
            return DescribedAsync(client, "second description");
        });
        var removed = await StreamAsync(client, movie, frame, () =>
        {
            Directory.Delete(Path.Combine(_models.FullName, "mine"), recursive: true);
            return DescribedAsync(client, null);
        });

        Assert.Equal(6, expected.Count);
        Assert.True(Math.Abs(expected[1].Numbers["shift_y"] - 2) < 0.5, "The stream does not find motion.");
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.True(expected[i].Pixels.Span.SequenceEqual(replaced[i].Pixels.Span), $"frame {i} differs after the package was replaced.");
            Assert.True(expected[i].Pixels.Span.SequenceEqual(removed[i].Pixels.Span), $"frame {i} differs after the package was removed.");
        }
    }

    // Half of the frames, then what happens meanwhile, then the others.
    private static async Task<List<FrameResult>> StreamAsync(InferenceBridgeClient client, MemoryVolume movie, VolumeInfo frame, Func<Task> meanwhile)
    {
        await using var stream = client.OpenFrameStream(new FrameStreamRequest(Operation, frame), Cancellation);
        var results = new List<FrameResult>();
        var reader = stream.ReadResultsAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        for (var t = 0; t < movie.Info.Shape.Frames; t++)
        {
            if (t == movie.Info.Shape.Frames / 2)
            {
                await meanwhile();
            }

            await stream.SendAsync(new Frame(t, movie.Plane(t).ToArray()), Cancellation);
            Assert.True(await reader.MoveNextAsync());
            results.Add(reader.Current);
        }

        await stream.CompleteAsync();
        Assert.False(await reader.MoveNextAsync());
        return results;
    }

    // Staged elsewhere and moved in, as docs/packages.md advises.
    private void Install(string description)
    {
        var staged = Directory.CreateTempSubdirectory("ib-staged-").FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RealData.RepositoryRoot, "models", "flow")))
        {
            File.Copy(file, Path.Combine(staged, Path.GetFileName(file)));
        }

        var yaml = Path.Combine(staged, "rdf.yaml");
        File.WriteAllLines(yaml, File.ReadAllLines(yaml).Select(line =>
            line.StartsWith("description:", StringComparison.Ordinal) ? $"description: \"{description}\""
            : line.Trim().StartsWith("operation:", StringComparison.Ordinal) ? $"    operation: \"{Operation}\"" : line));
        var installed = Path.Combine(_models.FullName, "mine");
        if (Directory.Exists(installed))
        {
            Directory.Delete(installed, recursive: true);
        }

        Directory.Move(staged, installed);
    }

    // Waits until the operation is described so; null: until there is none.
    private static async Task DescribedAsync(InferenceBridgeClient client, string? description)
    {
        var end = DateTime.UtcNow + TimeSpan.FromMinutes(1);
        while (true)
        {
            var found = (await client.ListOperationsAsync("register", Cancellation)).SingleOrDefault(operation => operation.Id == Operation);
            var isThere = description is null ? found is null : found?.Description.Contains(description, StringComparison.Ordinal) == true;
            if (isThere)
            {
                return;
            }

            Assert.True(DateTime.UtcNow < end, $"The catalogue has {found?.Description ?? "no such operation"} a minute later; expected: {description ?? "none"}.");
            await Task.Delay(50, Cancellation);
        }
    }
}
