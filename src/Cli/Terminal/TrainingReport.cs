using System.Globalization;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Cli;

/// <summary>What a training gave, in words or as JSON.</summary>
internal static class TrainingReport
{
    public static void Write(TrainingOutcome outcome, string report, string package, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonOutput.Format(new
            {
                Package = package, Report = report, outcome.Steps, outcome.Seconds, outcome.StoppedEarly, outcome.BestStep,
                Best = outcome.BestScore.Figures,
            }));
            return;
        }

        var table = new TextTable();
        table.Add("package", package);
        table.Add("report", report);
        table.Add("steps", $"{outcome.Steps}{(outcome.StoppedEarly ? ", stopped since nothing got better" : "")}; the best: {outcome.BestStep}");
        table.Add("time", Format.Seconds(outcome.Seconds));
        foreach (var (name, value) in outcome.BestScore.Figures)
        {
            table.Add(name.Replace('_', ' '), value.ToString("0.000", CultureInfo.InvariantCulture));
        }

        table.WriteTo(output);
    }
}
