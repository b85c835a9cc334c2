using InferenceBridge.Fuzzing.Campaigns;
using InferenceBridge.Fuzzing.Corpora;
using InferenceBridge.Fuzzing.Mutations;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // Memory is measured by process.

namespace InferenceBridge.Fuzzing;

/// <summary>The campaign over mutated files, and that it would notice what it looks for.</summary>
public sealed class CampaignTests : IDisposable
{
    private readonly string _output = Directory.CreateTempSubdirectory("ib-campaign-").FullName;

    public void Dispose() => Directory.Delete(_output, recursive: true);

    [Fact]
    public async Task Run_TwentyThousandMutatedFiles_EachReadsOrIsRefusedClearly()
    {
        var data = Path.Combine(RealData.Folder, "tiff");
        var report = await Run(new FuzzOptions { Cases = 20_000, Seed = 20_260, Corpus = Directory.Exists(data) ? data : null });

        Assert.Equal(20_000, report.Cases);
        Assert.True(report.Failures.IsEmpty, string.Join("\n", report.Failures));

        // A reader that refused, or a mutator that spared, every file would test nothing.
        Assert.InRange(report.Count(CaseResult.Read), 1_000, 19_000);
    }

    [Theory]
    [InlineData("crash:3", CaseResult.Died, "sabotage")]
    [InlineData("throw:3", CaseResult.Failed, "InvalidOperationException")]
    [InlineData("memory:3", CaseResult.Failed, "MiB of memory")]
    [InlineData("hang:3", CaseResult.Hung, "no end after")]
    public async Task Run_CaseThatMisbehaves_IsNamedKeptAndPassed(string sabotage, object result, string text)
    {
        var options = new FuzzOptions { Cases = 8, Seed = 5, Workers = 2, Sabotage = sabotage, CaseTimeout = TimeSpan.FromSeconds(sabotage.StartsWith("hang", StringComparison.Ordinal) ? 5 : 60) };
        var report = await Run(options);

        var failure = Assert.Single(report.Failures);
        Assert.Equal((5UL, 3L, (CaseResult)result), (failure.Seed, failure.Number, failure.Result));
        Assert.Contains(text, failure.Text, StringComparison.Ordinal);
        Assert.Equal(Mutator.Make(Corpus.Load(null), 5, 3).Bytes, await File.ReadAllBytesAsync(failure.File, TestContext.Current.CancellationToken));
        Assert.Equal(8, report.Cases);
    }

    [Fact]
    public void Make_SameSeedAndNumber_GivesTheSameFile()
    {
        var corpus = Corpus.Load(null);
        Assert.Equal(Mutator.Make(corpus, 7, 11).Bytes, Mutator.Make(Corpus.Load(null), 7, 11).Bytes);
        Assert.NotEqual(Mutator.Make(corpus, 7, 11).Bytes, Mutator.Make(corpus, 8, 11).Bytes);
    }

    [Fact]
    public void Load_GeneratedFiles_AreReadable()
    {
        foreach (var (name, bytes) in Corpus.Load(null).Files)
        {
            var path = Path.Combine(_output, name);
            File.WriteAllBytes(path, bytes);
            Assert.Null(FileReading.Read(path)?.Message);
        }
    }

    private Task<FuzzReport> Run(FuzzOptions options) => new FuzzCampaign(options with { Output = _output }).RunAsync();
}
