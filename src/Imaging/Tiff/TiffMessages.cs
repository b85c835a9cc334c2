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

    /// <inheritdoc/>
    public override void ErrorHandler(Tiff? tif, string? module, string format, params object?[] args) =>
        s_last = string.Format(CultureInfo.InvariantCulture, format, args);

    /// <inheritdoc/>
    public override void WarningHandler(Tiff? tif, string? module, string format, params object?[] args)
    {
        // Unknown tags and the like: no concern of a person who restores an image.
    }

    private static Lazy<bool> Installed { get; } = new(() =>
    {
        Tiff.SetErrorHandler(new TiffMessages());
        return true;
    });
}
