using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>The files that the report of every training has: metrics.json, history.csv and curve.png.</summary>
internal static class TrainingReportFiles
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        WriteIndented = true,
    };

    /// <summary>Writes them.</summary>
    /// <param name="folder">The report's folder.</param>
    /// <param name="metrics">What goes into metrics.json.</param>
    /// <param name="outcome">How training went.</param>
    /// <param name="isLogarithmic">Whether the validation's first figure is drawn at its logarithms.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Write(string folder, object metrics, TrainingOutcome outcome, bool isLogarithmic = false)
    {
        WriteText(Path.Combine(folder, "metrics.json"), JsonSerializer.Serialize(metrics, Json));
        WriteText(Path.Combine(folder, "history.csv"), TrainingHistory.Csv(outcome.History));
        PngWriter.Write(Path.Combine(folder, "curve.png"), Curve(outcome, isLogarithmic));
    }

    private static void WriteText(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnwritable, path, $"{path} cannot be written: {fault.Message}", fault);
        }
    }

    private static Picture Curve(TrainingOutcome outcome, bool isLogarithmic)
    {
        var figure = outcome.BestScore.Figures.Keys.First();
        return CurvePicture.Create(
        [
            new CurvePanel("training loss (log)", [.. outcome.History.Skip(1).Select(entry => ((double)entry.Step, entry.Loss))], true),
            new CurvePanel($"validation {figure.Replace('_', ' ')}{(isLogarithmic ? " (log)" : "")}",
                [.. outcome.History.Select(entry => ((double)entry.Step, entry.Figures[figure]))], isLogarithmic),
        ], "steps");
    }
}
