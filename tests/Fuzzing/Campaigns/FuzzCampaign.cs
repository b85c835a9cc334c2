using System.Diagnostics;
using System.Globalization;
using InferenceBridge.Fuzzing.Corpora;
using InferenceBridge.Fuzzing.Mutations;

namespace InferenceBridge.Fuzzing.Campaigns;

/// <summary>Shares cases out to children, watches them, and keeps the files that failed.</summary>
internal sealed class FuzzCampaign(FuzzOptions options)
{
    /// <summary>Faults tend to repeat: after so many a campaign ends.</summary>
    private const int MaxFailures = 20;

    private readonly FuzzReport _report = new();
    private readonly Lazy<Corpus> _corpus = new(() => Corpus.Load(options.Corpus));

    public async Task<FuzzReport> RunAsync()
    {
        var watch = Stopwatch.StartNew();
        var last = options.First + options.Cases;
        await Task.WhenAll(Enumerable.Range(0, options.Workers).Select(worker => Task.Run(() => WorkAsync(options with
        {
            First = options.First + worker,
            Cases = last,
            Stride = options.Workers,
        }))));
        _report.Elapsed = watch.Elapsed;
        return _report;
    }

    // A child that dies or is ended is followed by another, from the next case on.
    private async Task WorkAsync(FuzzOptions share)
    {
        while (share.First < share.Cases && _report.Failures.Count < MaxFailures)
        {
            var next = await RunChildAsync(share);
            share = share with { First = next };
        }
    }

    private async Task<long> RunChildAsync(FuzzOptions share)
    {
        using var child = Start(share);
        var errors = child.StandardError.ReadToEndAsync();
        var next = share.First;
        var hung = false;
        while (await ReadLineAsync(child, () => hung = true) is { } line)
        {
            if (line == "ready")
            {
                continue;
            }

            var parts = line.Split(' ', 3);
            next = long.Parse(parts[0], CultureInfo.InvariantCulture) + share.Stride;
            Record(next - share.Stride, Enum.Parse<CaseResult>(parts[1]), parts[2]);
            if (_report.Failures.Count >= MaxFailures)
            {
                child.Kill();
            }
        }

        await child.WaitForExitAsync();
        if (next < share.Cases && _report.Failures.Count < MaxFailures)
        {
            Record(next, hung ? CaseResult.Hung : CaseResult.Died, hung
                ? $"no end after {options.CaseTimeout.TotalSeconds} s"
                : $"exit code {child.ExitCode}: {(await errors).ReplaceLineEndings(" | ")}");
            next += share.Stride;
        }

        return next;
    }

    private async Task<string?> ReadLineAsync(Process child, Action hung)
    {
        using var timeout = new CancellationTokenSource(options.CaseTimeout);
        try
        {
            return await child.StandardOutput.ReadLineAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            hung();
            child.Kill();
            return null;
        }
    }

    private void Record(long number, CaseResult result, string text)
    {
        _report.Add(result);
        if (result is CaseResult.Read or CaseResult.Refused)
        {
            return;
        }

        Directory.CreateDirectory(options.Output);
        var file = Path.Combine(options.Output, $"seed-{options.Seed}-case-{number}.tif");
        var subject = Mutator.Make(_corpus.Value, options.Seed, number);
        File.WriteAllBytes(file, subject.Bytes);
        _report.Failures.Enqueue(new FuzzFailure(options.Seed, number, result, $"{text} [{string.Join("; ", subject.History)}]", file));
    }

    private static Process Start(FuzzOptions share) => Process.Start(new ProcessStartInfo(
        Path.Combine(AppContext.BaseDirectory, "InferenceBridge.Fuzzing"), ["child", .. share.ToArguments()])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
