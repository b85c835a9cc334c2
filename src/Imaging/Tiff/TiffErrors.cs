namespace InferenceBridge.Imaging;

/// <summary>Refusals of files, each naming the file.</summary>
internal static class TiffErrors
{
    public static InferenceException Invalid(string path, string what, Exception? cause = null) =>
        new(InferenceError.FileFormatInvalid, path, $"{path}: {what}.", cause);

    public static InferenceException Unreadable(string path, string why, Exception? cause = null) =>
        new(InferenceError.FileUnreadable, path, $"{path} cannot be read: {why}.", cause);

    public static InferenceException Unwritable(string path, string why, Exception? cause = null) =>
        new(InferenceError.FileUnwritable, path, $"{path} cannot be written: {why}.", cause);
}
