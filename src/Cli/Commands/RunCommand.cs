using System.CommandLine;
using InferenceBridge.Client;

namespace InferenceBridge.Cli;

/// <summary>ib run, and the shortcuts ib denoise and ib deconvolve.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var operation = new Argument<string>("OPERATION") { Description = "Id that 'ib operations' lists, such as denoise/nlm." };
        var options = new RunOptions();
        var command = new Command("run", "Send a file through an operation and write the result.") { operation };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed, options, options.Read(parsed, parsed.GetRequiredValue(operation)), cancellation));
        return command;
    }

    public static Command CreateShortcut(string task, string model, string description)
    {
        var options = new RunOptions();
        var name = new Option<string>("--model")
        {
            Description = $"Which operation of the task: NAME stands for {task}/NAME.", HelpName = "NAME", DefaultValueFactory = _ => model,
        };
        var psf = new Option<string?>("--psf") { Description = "The point spread function, as a TIFF: the same as --aux psf=FILE. Not needed with --na, --wavelength (nm) and --index.", HelpName = "FILE" };
        var report = new Option<string?>("--report")
        {
            Description = "A picture of what was done, as PNG: before and after, the PSF, a line through the brightest point.", HelpName = "FILE",
        };
        var command = new Command(task, description) { name };
        var takesPsf = task == "deconvolve";
        if (takesPsf)
        {
            command.Options.Add(psf);
            command.Options.Add(report);
        }

        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var job = options.Read(parsed, $"{task}/{parsed.GetRequiredValue(name)}");
            if (takesPsf && parsed.GetValue(psf) is { } file)
            {
                if (job.Auxiliaries.ContainsKey("psf"))
                {
                    throw new InferenceException(InferenceError.UsageInvalid, "psf", "--psf and --aux psf=FILE are both given; accepted: one of them.");
                }

                job = job with { Auxiliaries = new Dictionary<string, string>(job.Auxiliaries) { ["psf"] = file } };
            }

            if (!takesPsf || parsed.GetValue(report) is not { } picture)
            {
                return RunAsync(parsed, options, job, cancellation);
            }

            ReportFile.Check(picture, job);
            return RunAsync(parsed, options, job, cancellation, summary => DeconvolutionPicture.Write(picture, job, summary, cancellation));
        });
        return command;
    }

    /// <summary>Runs a job and tells how it went.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="options">How it was typed.</param>
    /// <param name="job">The job.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <param name="draw">Draws a picture of it; null draws none.</param>
    public static async Task<int> RunAsync(
        ParseResult parsed, RunOptions options, RunJob job, CancellationToken cancellation, Action<RunSummary>? draw = null)
    {
        var retry = options.Retry.Read(parsed);
        var (streams, json) = (parsed.InvocationConfiguration, parsed.GetValue(options.Json));
        foreach (var note in job.CheckFiles())
        {
            streams.Error.WriteLine($"note: {note}");
        }

        RunSummary summary;
        await using (var connection = await options.Connection.OpenAsync(parsed, cancellation, retry))
        {
            using var progress = RunProgressDisplay.Create(streams.Error, quiet: json);
            summary = await job.RunAsync(connection.Client, progress, cancellation);
        }

        RunReport.Write(streams.Output, job, summary, json);
        draw?.Invoke(summary);
        return ExitCode.Done;
    }
}
