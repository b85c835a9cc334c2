namespace InferenceBridge.Models.Training;

/// <summary>The folder of a training's checkpoint and report.</summary>
public static class CheckpointFolder
{
    /// <summary>Name of the checkpoint in the folder.</summary>
    public const string CheckpointName = "checkpoint.ibtrain";

    /// <summary>Makes the folder and looks whether it can be written to, before hours are spent.</summary>
    /// <returns>Path of the checkpoint.</returns>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.FileUnwritable"/>: report; <see cref="InferenceError.FileUnreadable"/>: resume, without a checkpoint.
    /// </exception>
    internal static string Prepare(string folder, bool resume)
    {
        var path = Path.Combine(folder, CheckpointName);
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".{Guid.NewGuid():N}.probe");
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnwritable, "report",
                $"The folder {folder} cannot be written to: {fault.Message} Accepted: a folder for checkpoints and the report.", fault);
        }

        if (resume && !File.Exists(path))
        {
            throw new InferenceException(InferenceError.FileUnreadable, "resume",
                $"There is no checkpoint {path} to resume from; accepted: the folder of a training that was stopped, or no resume.");
        }

        return path;
    }
}
