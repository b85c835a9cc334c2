namespace InferenceBridge.Imaging;

/// <summary>
/// Pixels per unit to the last digit. The library gives them as float32, which turns a voxel of 0.0645 µm into one of
/// 0.064500001 µm.
/// </summary>
internal static class ExactResolution
{
    /// <summary>The resolutions of the first directory; null where they are not both told as fractions.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnreadable"/>.</exception>
    public static (double X, double Y)? Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return RawDirectory.ReadFirst(stream) is { } directory && directory.Rational(282) is { } x && directory.Rational(283) is { } y ? (x, y) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TiffErrors.Unreadable(path, exception.Message.TrimEnd('.'), exception);
        }
    }
}
