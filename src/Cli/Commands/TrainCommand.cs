using System.CommandLine;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Cli;

/// <summary>ib train: networks from a user's own images.</summary>
internal static class TrainCommand
{
    public static Command Create() => new("train", "Train a network on your own images.") { Denoise(), Registration(), Autofocus() };

    private static Command Denoise()
    {
        var options = new TrainDenoiseOptions();
        return Create("denoise", "Train a denoising network on your images", options.AddTo, parsed => (options.Package(parsed), options.Read(parsed)),
            (package, training, progress, cancellation) =>
            {
                using var result = DenoisingTraining.Run(training, progress, cancellation);
                DenoisingPackage.Write(package, result);
                return result.Outcome;
            });
    }

    private static Command Registration()
    {
        var options = new TrainRegistrationOptions();
        return Create("registration", "Train a network that finds motion on your images and movies", options.AddTo, parsed => (options.Package(parsed), options.Read(parsed)),
            (package, training, progress, cancellation) =>
            {
                using var result = RegistrationTraining.Run(training, progress, cancellation);
                RegistrationPackage.Write(package, result);
                return result.Outcome;
            });
    }

    private static Command Autofocus()
    {
        var options = new TrainAutofocusOptions();
        return Create("autofocus", "Train a network that tells how far out of focus a frame is", options.AddTo, parsed => (options.Package(parsed), options.Read(parsed)),
            (package, training, progress, cancellation) =>
            {
                using var result = DefocusTraining.Run(training, progress, cancellation);
                DefocusPackage.Write(package, result);
                return result.Outcome;
            });
    }

    private static Command Create<T>(
        string name, string what, Action<Command> addOptions, Func<ParseResult, (string Package, T Training)> read,
        Func<string, T, Action<TrainingProgress>, CancellationToken, TrainingOutcome> train)
        where T : NetworkTrainingOptions
    {
        var json = CommonOptions.Json();
        var command = new Command(name, $"{what}, in this process. Ctrl-C keeps a checkpoint; --resume goes on from it.") { json };
        addOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            var (package, training) = read(parsed);
            return Task.FromResult(Run(parsed, package, training, parsed.GetValue(json), train, cancellation));
        });
        return command;
    }

    private static int Run<T>(
        ParseResult parsed, string package, T training, bool json, Func<string, T, Action<TrainingProgress>, CancellationToken, TrainingOutcome> train,
        CancellationToken cancellation)
        where T : NetworkTrainingOptions
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        OutputFile.CheckFolder(package);
        NativeHeap.KeepBlocks();
        try
        {
            using var display = new TrainingDisplay(error, ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected);
            var outcome = train(package, training, display.Report, cancellation);
            TrainingReport.Write(outcome, training.ReportFolder, package, json, output);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (File.Exists(Path.Combine(training.ReportFolder, CheckpointFolder.CheckpointName)))
        {
            error.WriteLine($"Stopped; the checkpoint is in {training.ReportFolder}. The same command with --resume goes on from it.");
            throw;
        }
    }
}
