using System.Globalization;
using InferenceBridge.Fuzzing.Corpora;
using InferenceBridge.Fuzzing.Mutations;

namespace InferenceBridge.Fuzzing.Campaigns;

/// <summary>Runs cases in a process of its own, so that a crash costs one case. Writes a line for each: number, result, text.</summary>
internal static class FuzzChild
{
    private const long CollectBytes = 256L << 20;

    public static int Run(FuzzOptions options)
    {
        var corpus = Corpus.Load(options.Corpus);
        var folder = Directory.CreateTempSubdirectory("ib-fuzz-").FullName;
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Warm(corpus, folder);
        output.WriteLine("ready");
        try
        {
            for (var number = options.First; number < options.Cases; number += options.Stride)
            {
                var (result, text) = RunCase(Mutator.Make(corpus, options.Seed, number), Path.Combine(folder, "case.tif"), options.Sabotage);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} {result} {text}"));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // What is loaded and compiled on first use is not the first case's memory.
    private static void Warm(Corpus corpus, string folder)
    {
        var path = Path.Combine(folder, "warm.tif");
        foreach (var (_, bytes) in corpus.Files.Take(4))
        {
            File.WriteAllBytes(path, bytes);
            FileReading.Read(path);
        }
    }

    private static (CaseResult Result, string Text) RunCase(FuzzCase subject, string path, string? sabotage)
    {
        File.WriteAllBytes(path, subject.Bytes);
        var meter = new MemoryMeter();
        try
        {
            Saboteur.Act(sabotage, subject.Number);
            var refusal = FileReading.Read(path);
            var (taken, limit) = (meter.Taken(), MemoryMeter.Limit(subject.Bytes.LongLength));
            if (taken > limit)
            {
                return (CaseResult.Failed, $"took {taken >> 20} MiB of memory; accepted for {subject.Bytes.Length} bytes: {limit >> 20} MiB");
            }

            return refusal is null ? (CaseResult.Read, "") : (CaseResult.Refused, "");
        }
#pragma warning disable CA1031 // Every exception that is no refusal is a finding.
        catch (Exception exception)
        {
            return (CaseResult.Failed, exception.ToString().ReplaceLineEndings(" | "));
        }
#pragma warning restore CA1031
        finally
        {
            if (Environment.WorkingSet > CollectBytes)
            {
                GC.Collect();
            }
        }
    }
}
