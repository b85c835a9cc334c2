namespace BitMiracle.LibTiff.Classic;

/// <summary>Receives the library's errors and warnings; the default writes them to standard error.</summary>
public class TiffErrorHandler
{
    /// <summary>Handles an error.</summary>
    /// <param name="tif">The file; null while none is open.</param>
    /// <param name="module">The part of the library that reports.</param>
    /// <param name="format">The message, a composite format.</param>
    /// <param name="args">The format's arguments.</param>
    public virtual void ErrorHandler(Tiff? tif, string? module, string format, params object?[] args) =>
        Print(module, "", format, args);

    /// <summary>Handles an error, with the client data; called after <see cref="ErrorHandler"/>.</summary>
    /// <param name="tif">The file; null while none is open.</param>
    /// <param name="clientData">The data given to ClientOpen.</param>
    /// <param name="module">The part of the library that reports.</param>
    /// <param name="format">The message, a composite format.</param>
    /// <param name="args">The format's arguments.</param>
    public virtual void ErrorHandlerExt(Tiff? tif, object? clientData, string? module, string format, params object?[] args)
    {
    }

    /// <summary>Handles a warning.</summary>
    /// <param name="tif">The file; null while none is open.</param>
    /// <param name="module">The part of the library that reports.</param>
    /// <param name="format">The message, a composite format.</param>
    /// <param name="args">The format's arguments.</param>
    public virtual void WarningHandler(Tiff? tif, string? module, string format, params object?[] args) =>
        Print(module, "Warning, ", format, args);

    /// <summary>Handles a warning, with the client data; called after <see cref="WarningHandler"/>.</summary>
    /// <param name="tif">The file; null while none is open.</param>
    /// <param name="clientData">The data given to ClientOpen.</param>
    /// <param name="module">The part of the library that reports.</param>
    /// <param name="format">The message, a composite format.</param>
    /// <param name="args">The format's arguments.</param>
    public virtual void WarningHandlerExt(Tiff? tif, object? clientData, string? module, string format, params object?[] args)
    {
    }

    private static void Print(string? module, string prefix, string format, object?[] args)
    {
        string text = string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args);
        Console.Error.WriteLine($"{(module is null ? "" : module + ": ")}{prefix}{text}.");
    }
}
