using System.CommandLine;

namespace InferenceBridge.Cli;

/// <summary>ib operations: what the server can do.</summary>
internal static class OperationsCommand
{
    public static Command Create()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var command = new Command("operations", "List what the server can do.");
        connection.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = await connection.OpenAsync(parsed, cancellation);
            var operations = await opened.Client.ListOperationsAsync(cancellation: cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonOutput.Format(new { Operations = operations.Select(OperationReport.ToJson) }));
                return ExitCode.Done;
            }

            var table = new TextTable("OPERATION", "VERSION", "SUMMARY");
            foreach (var operation in operations)
            {
                table.Add(operation.Id, operation.Version, operation.Summary);
            }

            table.WriteTo(output);
            return ExitCode.Done;
        });
        return command;
    }
}
