using System.Globalization;
using System.Runtime.CompilerServices;

namespace InferenceBridge.LibTiff.Tests.Support;

/// <summary>What the library reported to the running test: the handler is the process's, the lists are each test's.</summary>
internal sealed class Messages : TiffErrorHandler
{
    private static readonly AsyncLocal<Messages?> s_current = new();

    public List<string> Errors { get; } = [];

    public List<string> Warnings { get; } = [];

    public static Messages Capture() => s_current.Value = new Messages();

    [ModuleInitializer]
    internal static void Install() => Tiff.SetErrorHandler(new Dispatcher());

    private static string Format(string format, object?[] args) => string.Format(CultureInfo.InvariantCulture, format, args);

    private sealed class Dispatcher : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff? tif, string? module, string format, params object?[] args) =>
            s_current.Value?.Errors.Add(Format(format, args));

        public override void WarningHandler(Tiff? tif, string? module, string format, params object?[] args) =>
            s_current.Value?.Warnings.Add(Format(format, args));
    }
}
