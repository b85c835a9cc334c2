using System.CommandLine;

namespace InferenceBridge.Cli;

/// <summary>ib simulate-microscope: a virtual microscope whose focus a server looks for.</summary>
internal static class SimulateMicroscopeCommand
{
    private const string Task = "autofocus";

    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = $"metrics, or a network: NAME stands for {Task}/NAME.", HelpName = "NAME", DefaultValueFactory = _ => "metrics" };
        var sample = new SimulatedSampleOptions();
        var instrument = new SimulatedInstrumentOptions();
        var runs = new Option<int>("--runs") { Description = "Searches, each from another start (1 to 100000).", HelpName = "COUNT", DefaultValueFactory = _ => 1 };
        var hold = new Option<double>("--hold") { Description = "Keep the focus for this long afterwards, by the microscope's clock. Default: 0, not at all.", HelpName = "SECONDS" };
        var report = new Option<string?>("--report") { Description = "A picture of the last search, as PNG: the last frame and the score over z.", HelpName = "FILE" };
        var parameters = new Option<string[]>(RunOptions.ParameterName, "--parameter") { Description = "A parameter that 'ib describe' lists; may be repeated. Each can be typed as a flag too: --tolerance-um 0.3.", HelpName = "NAME=VALUE" };
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var command = new Command("simulate-microscope", "Let a server find the focus of a virtual microscope: a stage with play, limits and drift, a camera with noise.")
        {
            model, runs, hold, report, parameters, json,
        };
        sample.AddTo(command);
        instrument.AddTo(command);
        connection.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var job = new MicroscopeJob($"{Task}/{parsed.GetRequiredValue(model)}", instrument.Read(parsed))
            {
                Runs = Within("runs", parsed.GetValue(runs), 1, 100_000),
                HoldSeconds = Within("hold", parsed.GetValue(hold), 0, 1e6),
                Parameters = RunOptions.Pairs(parsed.GetValue(parameters), RunOptions.ParameterName, "NAME=VALUE such as tolerance_um=0.3"),
                Report = parsed.GetValue(report),
            };
            job.CheckFiles();
            await using var open = await connection.OpenAsync(parsed, cancellation);
            var (output, quiet) = (parsed.InvocationConfiguration.Output, parsed.GetValue(json));
            using var made = await sample.CreateAsync(parsed, job, open.Client, cancellation);
            var result = await job.RunAsync(open.Client, made, quiet ? null : output, cancellation);
            if (quiet)
            {
                output.WriteLine(JsonOutput.Format(result.ToJson()));
            }
            else
            {
                result.WriteTo(output);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Checks a value of an option.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.UsageInvalid"/>.</exception>
    public static double Within(string name, double value, double minimum, double maximum) => value >= minimum && value <= maximum
        ? value
        : throw new InferenceException(InferenceError.UsageInvalid, name, $"--{name} is {Format.Number(value)}; accepted: {Format.Number(minimum)} to {Format.Number(maximum)}.");

    private static int Within(string name, int value, int minimum, int maximum) => (int)Within(name, (double)value, minimum, maximum);
}
