using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic.Internal;

namespace BitMiracle.LibTiff.Classic;

public partial class Tiff
{
    private const int ErrorSeverity = 2;

    private static TiffErrorHandler? s_errorHandler = new();
    private static TiffExtendProc? s_extender;

    /// <summary>Sets who receives errors and warnings, of all files.</summary>
    /// <param name="errorHandler">The handler; null for none.</param>
    /// <returns>The previous handler.</returns>
    public static TiffErrorHandler? SetErrorHandler(TiffErrorHandler? errorHandler) =>
        Interlocked.Exchange(ref s_errorHandler, errorHandler);

    /// <summary>Sets what defines an application's tags; it calls <see cref="MergeFieldInfo"/> on each file opened.</summary>
    /// <param name="extender">The function; null for none.</param>
    /// <returns>The previous function.</returns>
    public static TiffExtendProc? SetTagExtender(TiffExtendProc? extender) =>
        Interlocked.Exchange(ref s_extender, extender);

    /// <summary>Reports an error.</summary>
    /// <param name="tif">The file; null if none.</param>
    /// <param name="method">Where it happened.</param>
    /// <param name="format">The message, a composite format.</param>
    /// <param name="args">The format's arguments.</param>
    public static void Error(Tiff? tif, string? method, string format, params object?[] args)
    {
        s_errorHandler?.ErrorHandler(tif, method, format, args);
        s_errorHandler?.ErrorHandlerExt(tif, tif?._clientData, method, format, args);
    }

    /// <summary>Reports a warning.</summary>
    /// <param name="tif">The file; null if none.</param>
    /// <param name="method">Where it happened.</param>
    /// <param name="format">The message, a composite format.</param>
    /// <param name="args">The format's arguments.</param>
    public static void Warning(Tiff? tif, string? method, string format, params object?[] args)
    {
        s_errorHandler?.WarningHandler(tif, method, format, args);
        s_errorHandler?.WarningHandlerExt(tif, tif?._clientData, method, format, args);
    }

    // After every native call: what the stream threw, else what the library had to say.
    private void Report()
    {
        Drain(this);
        _handle.Bridge?.Rethrow();
    }

    private unsafe void Drain(Tiff? tif)
    {
        while (Native.TakeMessage(_handle, out int severity, out byte* module, out byte* text) != 0)
        {
            string? where = Marshal.PtrToStringUTF8((nint)module);
            // Handlers take a composite format.
            string format = (Marshal.PtrToStringUTF8((nint)text) ?? "")
                .Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
            if (severity == ErrorSeverity)
                Error(tif, where, format);
            else
                Warning(tif, where, format);
        }
    }

    // Takes what is pending without reporting it, for calls that hand the text to the caller.
    private unsafe string? LastMessage()
    {
        string? last = null;
        while (Native.TakeMessage(_handle, out _, out _, out byte* text) != 0)
            last = Marshal.PtrToStringUTF8((nint)text);
        return last;
    }

    private bool Succeeded(int status)
    {
        Report();
        return status != 0;
    }

    private long Reported(long value)
    {
        Report();
        return value;
    }

    // The package's API counts bytes and strips in int.
    private int ReportedInt(long value, string method)
    {
        Report();
        if (value <= int.MaxValue)
            return (int)value;
        Error(this, method, "Integer overflow in {0}", method);
        return 0;
    }
}
