using InferenceBridge.Client;
using InferenceBridge.Server;

namespace InferenceBridge.Cli;

/// <summary>Reports on model packages.</summary>
internal static class PackageText
{
    public static object ToJson(PackageReport report) => new
    {
        report.Folder,
        report.Operation,
        report.FormatVersion,
        report.Passed,
        report.IsTiled,
        report.IsOfFrames,
        report.Declaration.Summary,
        report.Declaration.Provenance,
        Outputs = report.Outputs.Select(output => new { output.Output, output.Passed, output.LargestDifference, output.Message }),
    };

    public static void Write(TextWriter output, PackageReport report)
    {
        output.WriteLine($"{report.Declaration.Summary} ({report.Operation})");
        output.WriteLine(report.Declaration.Description);
        output.WriteLine();
        var table = new TextTable();
        table.Add("folder", report.Folder);
        table.Add("licence", report.Declaration.Provenance.Licence);
        table.Add("citation", report.Declaration.Provenance.Citation);
        table.Add("weights", report.Declaration.Provenance.WeightsSha256);
        table.Add("images", report.IsOfFrames ? "frames of a movie or of a live stream, one after another" : report.IsTiled ? "streamed through tile by tile" : "held whole in the server");
        foreach (var test in report.Outputs)
        {
            table.Add(test.Passed ? "passed" : "FAILED", test.Message);
        }

        table.WriteTo(output);
    }

    public static void Write(TextWriter output, IReadOnlyList<PackageTest> tests)
    {
        if (tests.Count == 0)
        {
            output.WriteLine("The server has no packages.");
            return;
        }

        var table = new TextTable("PACKAGE", "OPERATION", "RESULT", "REMARKS");
        foreach (var test in tests)
        {
            table.Add(test.Folder, test.Operation, test.Passed ? "passed" : "FAILED", Failure.OneLine(test.Message));
        }

        table.WriteTo(output);
    }
}
