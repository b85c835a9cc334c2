using System.CommandLine;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Cli;

/// <summary>ib train: networks from a user's own images.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var options = new TrainDenoiseOptions();
        var json = CommonOptions.Json();
        var denoise = new Command("denoise",
            "Train a denoising network on your images, in this process. Ctrl-C keeps a checkpoint; --resume goes on from it.") { json };
        options.AddTo(denoise);
        denoise.SetAction((parsed, cancellation) => Task.FromResult(Denoise(parsed, options, parsed.GetValue(json), cancellation)));
        return new Command("train", "Train a network on your own images.") { denoise };
    }

    private static int Denoise(ParseResult parsed, TrainDenoiseOptions options, bool json, CancellationToken cancellation)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var package = options.Package(parsed);
        var training = options.Read(parsed);
        OutputFile.CheckFolder(package);
        try
        {
            using var display = new TrainingDisplay(error, ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected);
            using var result = DenoisingTraining.Run(training, display.Report, cancellation);
            DenoisingPackage.Write(package, result);
            TrainingReport.Write(result.Outcome, training.ReportFolder, package, json, output);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (File.Exists(Path.Combine(training.ReportFolder, CheckpointFolder.CheckpointName)))
        {
            error.WriteLine($"Stopped; the checkpoint is in {training.ReportFolder}. The same command with --resume goes on from it.");
            throw;
        }
    }
}
