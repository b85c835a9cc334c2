using System.CommandLine;

namespace InferenceBridge.Cli;

/// <summary>ib autofocus: scores the planes of a focal stack and says where its focus lies.</summary>
internal static class AutofocusCommand
{
    private const string Task = "autofocus";

    public static Command Create()
    {
        var stack = new Argument<string>("STACK") { Description = "TIFF with a plane for each position of the stage, as slices or as frames; or a folder with a TIFF for each, in the order of their names." };
        var model = new Option<string>("--model") { Description = $"metrics, or a network: NAME stands for {Task}/NAME.", HelpName = "NAME", DefaultValueFactory = _ => "metrics" };
        var metric = new Option<string?>("--metric") { Description = "Metric that decides which plane is best. Default: that of the operation.", HelpName = "NAME" };
        var step = new Option<double?>("--z-step") { Description = "Distance of the planes in µm, below 0 where the stage went down. Default: the file's; where it has none, positions are plane numbers.", HelpName = "UM" };
        var pixel = new Option<double?>("--pixel-size") { Description = "Side of a pixel in µm, which networks need. Default: the file's.", HelpName = "UM" };
        var scores = new Option<string?>("--scores") { Description = "CSV for all numbers of all planes.", HelpName = "FILE" };
        var report = new Option<string?>("--report") { Description = "A picture of it, as PNG: the best plane, the curves, the fit.", HelpName = "FILE" };
        var parameters = new Option<string[]>(RunOptions.ParameterName, "--parameter") { Description = "A parameter that 'ib describe' lists; may be repeated. Each can be typed as a flag too: --tile-size 32.", HelpName = "NAME=VALUE" };
        var connection = new ConnectionOptions();
        var retry = new RetryFlags();
        var json = CommonOptions.Json();
        var command = new Command(Task, "Score the planes of a focal stack and find its focus.") { stack, model, metric, step, pixel, scores, report, parameters, json };
        retry.AddTo(command);
        connection.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (streams, quiet) = (parsed.InvocationConfiguration, parsed.GetValue(json));
            var job = new FocusStackJob($"{Task}/{parsed.GetRequiredValue(model)}", parsed.GetRequiredValue(stack))
            {
                Metric = parsed.GetValue(metric),
                Step = CheckedStep(parsed.GetValue(step)),
                PixelSize = CheckedPixel(parsed.GetValue(pixel)),
                Scores = parsed.GetValue(scores),
                Report = parsed.GetValue(report),
                Parameters = RunOptions.Pairs(parsed.GetValue(parameters), RunOptions.ParameterName, "NAME=VALUE such as tile_size=32"),
            };
            job.CheckFiles();
            FocusStack found;
            await using (var open = await connection.OpenAsync(parsed, cancellation, retry.Read(parsed)))
            {
                using var progress = RunProgressDisplay.Create(streams.Error, quiet);
                found = await job.RunAsync(open.Client, progress, cancellation);
            }

            if (quiet)
            {
                streams.Output.WriteLine(JsonOutput.Format(FocusStackReport.ToJson(found)));
            }
            else
            {
                FocusStackReport.Write(found, streams.Output);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static double? CheckedStep(double? step) => step is null || (double.IsFinite(step.Value) && Math.Abs(step.Value) is >= 1e-4 and <= 1e4)
        ? step
        : throw new InferenceException(InferenceError.UsageInvalid, "z-step", $"--z-step is {Format.Number(step.Value)}; accepted: 0.0001 to 10000 µm, or as much below 0.");

    private static double? CheckedPixel(double? pixel) => pixel is null or (>= 1e-4 and <= 1e4)
        ? pixel
        : throw new InferenceException(InferenceError.UsageInvalid, "pixel-size", $"--pixel-size is {Format.Number(pixel.Value)}; accepted: 0.0001 to 10000 µm.");
}
