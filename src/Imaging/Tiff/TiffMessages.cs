using System.Globalization;
using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>
/// Keeps the library's last error of each thread, instead of printing it. The library has one handler for all files and
/// calls it on the thread that called the library.
/// </summary>
internal sealed class TiffMessages : TiffErrorHandler
{
    [ThreadStatic]
    private static string? s_last;

    [ThreadStatic]
    private static string? s_lostTag;

    private TiffMessages()
    {
    }

    /// <summary>Installs the handler, once.</summary>
    public static void Install() => _ = Installed.Value;

    /// <summary>Takes this thread's last error, or <paramref name="otherwise"/> where there is none.</summary>
    public static string Take(string otherwise)
    {
        var message = s_last ?? otherwise;
        s_last = null;
        return message.TrimEnd('.', ' ');
    }

    /// <summary>Takes this thread's last complaint about a tag that the file breaks off before; null where there is none.</summary>
    public static string? TakeLostTag()
    {
        var message = s_lostTag;
        s_lostTag = null;
        return message?.TrimEnd('.', ' ');
    }

    /// <inheritdoc/>
    public override void ErrorHandler(Tiff? tif, string? module, string format, params object?[] args)
    {
        s_last = string.Format(CultureInfo.InvariantCulture, format, args);
        if (IsLostTag(format))
        {
            s_lostTag = s_last;
        }
    }

    /// <inheritdoc/>
    public override void WarningHandler(Tiff? tif, string? module, string format, params object?[] args)
    {
        // Unknown tags and the like are no concern of a person who restores an image.
        if (IsLostTag(format))
        {
            ErrorHandler(tif, module, format, args);
        }
    }

    // A tag that lies behind the end of the file: the axes may hang on it. A chain of directories that runs in a circle.
    private static bool IsLostTag(string format) =>
        format.Contains("IO error", StringComparison.Ordinal) || format.Contains("IFD looping", StringComparison.Ordinal);

    private static Lazy<bool> Installed { get; } = new(() =>
    {
        Tiff.SetErrorHandler(new TiffMessages());
        return true;
    });
}
