using System.CommandLine;
using InferenceBridge.Client;

namespace InferenceBridge.Cli;

/// <summary>ib stream: plays a movie through a frame stream, as an instrument would.</summary>
internal static class StreamCommand
{
    public static Command Create()
    {
        var movie = new Argument<string>("MOVIE") { Description = "TIFF movie. Slices of a file with one time point are taken as frames." };
        var operation = new Option<string>("--operation") { Description = "Operation on frames, such as register/rigid.", HelpName = "ID", DefaultValueFactory = _ => "register/rigid" };
        var rate = new Option<double>("--rate") { Description = "Frames a second (0.001 to 100000); 0, the default, as fast as they are taken.", HelpName = "HZ" };
        var output = new Option<string?>("--out") { Description = "TIFF to write the answers to; frames that were dropped are left out.", HelpName = "FILE" };
        var shifts = new Option<string?>("--shifts") { Description = "CSV to write what was found for each frame to.", HelpName = "FILE" };
        var fields = new Option<string?>("--fields") { Description = "TIFF to write the displacement field of every answer to: float32, in px, channels y and x (z first where stacks move along it).", HelpName = "FILE" };
        var drop = new Option<string>("--drop") { Description = "What happens to frames that come too fast: block (default) makes the sender wait, oldest drops.", HelpName = "POLICY", DefaultValueFactory = _ => "block" };
        var queue = new Option<int?>("--queue") { Description = "Frames that wait in the server (1 to 1024; default 4).", HelpName = "FRAMES" };
        var z = new Option<double?>("--z") { Description = "Position of the stage at the first frame, in µm, for operations that need it.", HelpName = "UM" };
        var zStep = new Option<double>("--z-step") { Description = "Move of the stage from frame to frame, in µm. Default: 0.", HelpName = "UM" };
        var stateIn = new Option<string?>("--state-in") { Description = "State to resume from, as --state-out wrote it.", HelpName = "FILE" };
        var stateOut = new Option<string?>("--state-out") { Description = "File for the state after the last frame.", HelpName = "FILE" };
        var parameters = new Option<string[]>(RunOptions.ParameterName, "--parameter") { Description = "A parameter of the operation; may be repeated. Each can be typed as a flag too.", HelpName = "NAME=VALUE" };
        var file = new OutputOptions();
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var command = new Command("stream", "Play a movie through a frame stream at a given rate, as an instrument would.")
        {
            movie, operation, rate, output, shifts, fields, drop, queue, z, zStep, stateIn, stateOut, parameters, json,
        };
        file.AddTo(command);
        connection.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var job = new StreamJob(parsed.GetRequiredValue(movie), parsed.GetRequiredValue(operation))
            {
                Rate = Rate(parsed.GetValue(rate)),
                Output = parsed.GetValue(output),
                Shifts = parsed.GetValue(shifts),
                Fields = parsed.GetValue(fields),
                DropPolicy = Policy(parsed.GetRequiredValue(drop)),
                QueueLength = parsed.GetValue(queue),
                Z = Finite("z", parsed.GetValue(z)),
                ZStep = Finite("z-step", parsed.GetValue(zStep)) ?? 0,
                StateIn = parsed.GetValue(stateIn),
                StateOut = parsed.GetValue(stateOut),
                Parameters = RunOptions.Pairs(parsed.GetValue(parameters), RunOptions.ParameterName, "NAME=VALUE such as max_shift=10"),
                OutputOptions = file.Read(parsed),
            };
            await using var open = await connection.OpenAsync(parsed, cancellation);
            var report = await job.RunAsync(open.Client, cancellation);
            var text = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                text.WriteLine(JsonOutput.Format(report));
            }
            else
            {
                report.WriteTo(text);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static double Rate(double rate) => rate is 0 or (>= 0.001 and <= 100_000)
        ? rate
        : throw new InferenceException(InferenceError.UsageInvalid, "rate", $"--rate is {Format.Number(rate)}; accepted: 0.001 to 100000 frames a second, or 0.");

    private static double? Finite(string name, double? value) => value is null || double.IsFinite(value.Value)
        ? value
        : throw new InferenceException(InferenceError.UsageInvalid, name, $"--{name} is {Format.Number(value.Value)}; accepted: a number of µm.");

    private static FrameDropPolicy Policy(string name) => name switch
    {
        "block" => FrameDropPolicy.Block,
        "oldest" => FrameDropPolicy.DropOldest,
        _ => throw new InferenceException(InferenceError.UsageInvalid, "drop", $"--drop is \"{name}\"; accepted: block, oldest."),
    };
}
