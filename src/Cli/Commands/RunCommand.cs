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
        var shifts = new Option<string?>("--shifts") { Description = "CSV for what was found for each frame: shifts in px, correlation with the mean before and after.", HelpName = "FILE" };
        var command = new Command(task, description) { name };
        if (task == "register")
        {
            command.Options.Add(shifts);
        }

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
            if (task == "register")
            {
                job = job with { Shifts = parsed.GetValue(shifts), SlicesAreFrames = true };
            }

            if (takesPsf && parsed.GetValue(psf) is { } file)
            {
                if (job.Auxiliaries.ContainsKey("psf"))
                {
                    throw new InferenceException(InferenceError.UsageInvalid, "psf", "--psf and --aux psf=FILE are both given; accepted: one of them.");
                }

                job = job with { Auxiliaries = new Dictionary<string, string>(job.Auxiliaries) { ["psf"] = file } };
            }

            return RunAsync(parsed, options, job, cancellation, takesPsf ? parsed.GetValue(report) : null);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, RunOptions options, RunJob job, CancellationToken cancellation, string? picture = null)
    {
        if (picture is not null)
        {
            DeconvolutionPicture.Check(picture, job);
        }

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
        if (picture is not null)
        {
            DeconvolutionPicture.Write(picture, job, summary, cancellation);
        }

        return ExitCode.Done;
    }
}
