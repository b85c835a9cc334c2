using System.CommandLine;
using InferenceBridge.Server;

namespace InferenceBridge.Cli;

/// <summary>ib package: model packages, here and on a server.</summary>
internal static class PackageCommand
{
    public static Command Create() => new("package", "Check model packages (bioimage.io), and list and test those of a server.")
    {
        CreateCheck(), CreateList(), CreateTest(),
    };

    private static Command CreateCheck()
    {
        var path = new Argument<string>("DIR") { Description = "Folder of a package, or a description (bioimageio.yaml) in it. TorchScript is code: check only what you trust." };
        var json = CommonOptions.Json();
        var command = new Command("check", "Read a package, compare its checksums, run its test tensors; exit code 2 where something is wrong.") { path, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = await Task.Run(() => PackageCheck.Run(parsed.GetRequiredValue(path), cancellation), cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonOutput.Format(PackageText.ToJson(report)));
            }
            else
            {
                PackageText.Write(output, report);
            }

            return report.Passed ? ExitCode.Done : ExitCode.BadInput;
        });
        return command;
    }

    private static Command CreateList()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var command = new Command("list", "List the operations of a server that have weights.");
        connection.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = await connection.OpenAsync(parsed, cancellation);
            var operations = (await opened.Client.ListOperationsAsync(cancellation: cancellation)).Where(operation => operation.Provenance.WeightsSha256.Length > 0).ToArray();
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonOutput.Format(new { Operations = operations.Select(OperationReport.ToJson) }));
                return ExitCode.Done;
            }

            var table = new TextTable("OPERATION", "VERSION", "LICENCE", "SUMMARY");
            foreach (var operation in operations)
            {
                table.Add(operation.Id, operation.Version, operation.Provenance.Licence, operation.Summary);
            }

            table.WriteTo(output);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateTest()
    {
        var id = new Argument<string?>("OPERATION") { Description = "Operation of a package, such as run/unet; without it, all packages.", Arity = ArgumentArity.ZeroOrOne };
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var command = new Command("test", "Have a server run the test tensors of its packages; exit code 1 where one fails.") { id };
        connection.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = await connection.OpenAsync(parsed, cancellation);
            var tests = await opened.Client.SelfTestAsync(parsed.GetValue(id), cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonOutput.Format(new { Packages = tests }));
            }
            else
            {
                PackageText.Write(output, tests);
            }

            return tests.All(test => test.Passed) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
