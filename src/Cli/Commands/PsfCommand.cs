using System.CommandLine;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>ib psf: a point-spread function from optics or from beads, as a file, with its widths and its picture.</summary>
internal static class PsfCommand
{
    public static Command Create()
    {
        var options = new PsfOptions();
        var command = new Command("psf",
            "Make a point-spread function: 'psf born-wolf OUT.tif --na 1.4 --wavelength 520 --index 1.515 --voxel-size 0.2,0.065,0.065' from "
            + "optics (gaussian, born-wolf, gibson-lanni), or 'psf from-beads BEADS.tif OUT.tif' from a stack of beads. 'ib describe psf/MODEL' "
            + "lists the parameters, each of which can be typed as a flag.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, options, options.Read(parsed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, PsfOptions options, PsfJob job, CancellationToken cancellation)
    {
        var (streams, json) = (parsed.InvocationConfiguration, parsed.GetValue(options.Json));
        RunSummary summary;
        using (var image = job.OpenImage())
        {
            OutputFile.CheckWritable(job.Output);
            if (job.Picture is { } file)
            {
                PreviewCommand.CheckTarget(file);
            }

            await using var connection = await options.Connection.OpenAsync(parsed, cancellation);
            using var progress = RunProgressDisplay.Create(streams.Error, quiet: true);
            var declaration = await connection.Client.DescribeOperationAsync(job.Operation, cancellation);
            var request = new RunRequest(job.Operation)
            {
                Parameters = job.ParametersFor(image.Info).ToDictionary(
                    given => given.Key, given => ParameterValue.Parse(declaration.FindParameter(given.Key), given.Value)),
            };
            summary = await connection.Client.RunAsync(
                image, info => VolumeFile.Create(job.Output, info, job.OutputOptions), request, progress, cancellation);
        }

        using var made = VolumeFile.OpenRead(job.Output);
        if (job.Picture is { } target)
        {
            PngWriter.Write(target, PsfPicture.Create(made, cancellation));
        }

        PsfReport.Write(streams.Output, job, made, summary, json);
        return ExitCode.Done;
    }
}
