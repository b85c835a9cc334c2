using System.Globalization;
using System.Text;

namespace InferenceBridge.Models.Training;

/// <summary>The validations of a training as a table.</summary>
internal static class TrainingHistory
{
    /// <summary>A line for each validation: step, seconds, learning rate, loss (empty where there is none), then its figures by name.</summary>
    public static string Csv(IReadOnlyList<HistoryEntry> history)
    {
        var figures = history.SelectMany(entry => entry.Figures.Keys).Distinct().ToArray();
        var text = new StringBuilder();
        text.AppendLine(string.Join(',', ["step", "seconds", "learning_rate", "loss", .. figures]));
        foreach (var entry in history)
        {
            string[] values =
            [
                entry.Step.ToString(CultureInfo.InvariantCulture), Number(Math.Round(entry.Seconds, 3)), Number(entry.LearningRate), Number(entry.Loss),
                .. figures.Select(name => Number(entry.Figures.GetValueOrDefault(name, double.NaN))),
            ];
            text.AppendLine(string.Join(',', values));
        }

        return text.ToString();
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("G7", CultureInfo.InvariantCulture) : "";
}
