using System.CommandLine;

namespace InferenceBridge.Cli;

/// <summary>ib describe: inputs and parameters of one operation.</summary>
internal static class DescribeCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("OPERATION") { Description = "Id that 'ib operations' lists, such as denoise/nlm." };
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var command = new Command("describe", "Show an operation's inputs, and its parameters with type, unit, default, range and help.") { id };
        connection.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = await connection.OpenAsync(parsed, cancellation);
            var operation = await opened.Client.DescribeOperationAsync(parsed.GetRequiredValue(id), cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonOutput.Format(OperationReport.ToJson(operation)));
            }
            else
            {
                OperationReport.WriteText(output, operation);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
