using InferenceBridge.Client;

namespace InferenceBridge.Cli;

/// <summary>What became of a job, for people or as JSON.</summary>
internal static class RunReport
{
    public static void Write(TextWriter output, RunJob job, RunSummary summary, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonOutput.Format(ToJson(job, summary)));
        }
        else
        {
            WriteText(output, job, summary);
        }
    }

    private static object ToJson(RunJob job, RunSummary summary) => new
    {
        summary.Operation,
        summary.OperationVersion,
        summary.ServerVersion,
        summary.Device,
        Seconds = new
        {
            Upload = summary.UploadSeconds, Compute = summary.ComputeSeconds, Download = summary.DownloadSeconds,
            Total = summary.TotalSeconds, Client = summary.ClientSeconds,
        },
        summary.Voxels,
        summary.Tiles,
        summary.Spooled,
        summary.Warnings,
        summary.PredictedMemoryBytes,
        Plan = summary.Plan is not { } plan ? null : new
        {
            plan.Device,
            plan.Tiles,
            plan.PredictedMemoryBytes,
            TileSize = new[] { plan.TileSize.Z, plan.TileSize.Y, plan.TileSize.X },
            Halo = new[] { plan.Halo.Z, plan.Halo.Y, plan.Halo.X },
        },
        summary.Details,
        Parameters = summary.Parameters.ToDictionary(pair => pair.Key, pair => pair.Value.Value),
        summary.WeightsSha256,
        summary.Attempts,
        job.Input,
        job.Output,
    };

    private static void WriteText(TextWriter output, RunJob job, RunSummary summary)
    {
        var table = new TextTable();
        table.Add("operation", $"{summary.Operation}, version {summary.OperationVersion}");
        table.Add("device", summary.Device);
        table.Add("time", $"{Format.Seconds(summary.TotalSeconds)} (waiting for the upload {Format.Seconds(summary.UploadSeconds)}, "
            + $"computing {Format.Seconds(summary.ComputeSeconds)}, waiting for the download {Format.Seconds(summary.DownloadSeconds)})");
        table.Add("voxels", $"{Format.Count(summary.Voxels)} in {Format.Count(summary.Tiles)} tile{(summary.Tiles == 1 ? "" : "s")}");
        if (summary.PredictedMemoryBytes > 0)
        {
            table.Add("memory", $"{summary.PredictedMemoryBytes / 1e6:0} MB predicted");
        }

        if (summary.Parameters.Count > 0)
        {
            table.Add("parameters", string.Join(", ", summary.Parameters
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}={Short(pair.Value)}")));
        }

        foreach (var (name, value) in summary.Details.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            table.Add(name.Replace('_', ' '), value);
        }

        if (summary.Attempts > 1)
        {
            table.Add("attempts", Format.Count(summary.Attempts));
        }

        foreach (var warning in summary.Warnings)
        {
            table.Add("warning", warning);
        }

        output.WriteLine(job.Output);
        table.WriteTo(output, "  ");
    }

    private static string Short(ParameterValue value) => value.Value is double number ? Format.Number(number) : value.ToString();
}
