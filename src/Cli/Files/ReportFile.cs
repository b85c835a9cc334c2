namespace InferenceBridge.Cli;

/// <summary>The file of a picture that tells what a job did.</summary>
internal static class ReportFile
{
    /// <summary>Refuses what could not be written after the work.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.UsageInvalid"/> or <see cref="InferenceError.FileUnwritable"/>.
    /// </exception>
    public static void Check(string path, RunJob job)
    {
        if (!path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw new InferenceException(InferenceError.UsageInvalid, "report", $"--report is {path}; accepted: the name of a PNG file, ending in .png.");
        }

        if (Path.GetFullPath(job.Input) == Path.GetFullPath(job.Output))
        {
            throw new InferenceException(InferenceError.UsageInvalid, "report",
                "--report shows the image before and after, and OUTPUT replaces INPUT; accepted: another OUTPUT.");
        }

        OutputFile.CheckWritable(path);
    }
}
