using System.Reflection;
using BitMiracle.LibTiff.Classic.Internal;

namespace BitMiracle.LibTiff.Classic;

/// <summary>A TIFF file, open for reading or writing. Used by one thread at a time; different files are independent.</summary>
public partial class Tiff : IDisposable
{
    // A hostile file may ask for any amount; no real strip or tag array comes near this.
    private const long MaxAllocationBytes = 1L << 30;

    private readonly TiffHandle _handle = new();
    private readonly TiffStream? _stream;
    private object? _clientData;
    private string _name;
    private bool _open;

    private Tiff(string name, TiffStream? stream, object? clientData)
    {
        _name = name;
        _stream = stream;
        _clientData = clientData;
    }

    /// <summary>Called for every directory, so that an application can define its own tags.</summary>
    /// <param name="tif">The file.</param>
    public delegate void TiffExtendProc(Tiff tif);

    /// <summary>Gets the assembly's version.</summary>
    public static string AssemblyVersion => Assembly.GetExecutingAssembly().GetName().Version?.ToString() ?? "";

    /// <summary>Gets the versions of this assembly and of the library under it.</summary>
    /// <returns>The version text.</returns>
    public static string GetVersion() => $"LibTiff.Net, Version {AssemblyVersion}\n{Native.LibraryVersion}";

    /// <summary>Opens a file.</summary>
    /// <param name="fileName">The file.</param>
    /// <param name="mode">
    /// "r", "r+", "w" or "a", then flags: "8" BigTIFF, "4" never BigTIFF, "b" or "l" the byte order of a new file,
    /// "c" no splitting of single-strip images, "h" no reading of the first directory.
    /// </param>
    /// <returns>The file, or null if it cannot be opened; the error handler is told why.</returns>
    public static Tiff? Open(string fileName, string mode)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var tif = new Tiff(fileName, null, null);
        return IsMode(mode, "Open") && Native.OpenPath(tif._handle, fileName, mode, MaxAllocationBytes) != 0
            ? tif.Opened()
            : tif.Failed();
    }

    /// <summary>Opens a stream, which <see cref="Close"/> closes.</summary>
    /// <param name="name">A name for messages.</param>
    /// <param name="mode">As in <see cref="Open"/>.</param>
    /// <param name="clientData">What <paramref name="stream"/> is called with; a <see cref="Stream"/> for the default.</param>
    /// <param name="stream">Reads and writes the client data.</param>
    /// <returns>The file, or null if it cannot be opened; the error handler is told why.</returns>
    public static Tiff? ClientOpen(string name, string mode, object? clientData, TiffStream? stream)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (stream is null)
        {
            Error(null, "ClientOpen", "TiffStream is null pointer.");
            return null;
        }
        var tif = new Tiff(name, stream, clientData);
        if (!IsMode(mode, "ClientOpen"))
            return tif.Failed();
        var bridge = new StreamBridge(stream, clientData);
        tif._handle.Bridge = bridge;
        if (Native.OpenStream(tif._handle, name, mode, bridge.Io, MaxAllocationBytes) != 0)
            return tif.Opened();
        if (bridge.TakeException() is { } exception)
            Error(null, "ClientOpen", "{0}: {1}", name, exception.Message);
        return tif.Failed();
    }

    /// <summary>Writes what is pending and closes the file and its stream. Does nothing when already closed.</summary>
    public void Close()
    {
        if (!_open)
            return;
        _open = false;
        try
        {
            Native.Close(_handle);
            Report();
        }
        finally
        {
            _handle.Dispose();
            _stream?.Close(_clientData);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    /// <param name="disposing">False when called by a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Close();
    }

    /// <summary>Writes pixels and the current directory, if they changed.</summary>
    /// <returns>True if everything was written.</returns>
    public bool Flush() => Succeeded(Native.Flush(_handle));

    /// <summary>Writes buffered pixels.</summary>
    /// <returns>True if everything was written.</returns>
    public bool FlushData() => Succeeded(Native.FlushData(_handle));

    /// <summary>Gets the name given when the file was opened.</summary>
    /// <returns>The name.</returns>
    public string FileName() => _name;

    /// <summary>Sets the name.</summary>
    /// <param name="name">The new name.</param>
    /// <returns>The old name.</returns>
    public string SetFileName(string name) => Interlocked.Exchange(ref _name, name);

    /// <summary>Gets the data given to <see cref="ClientOpen"/>.</summary>
    /// <returns>The data.</returns>
    public object? Clientdata() => _clientData;

    /// <summary>Gets the stream given to <see cref="ClientOpen"/>.</summary>
    /// <returns>The stream; null for a file.</returns>
    public TiffStream? GetStream() => _stream;

    /// <summary>Tells whether the current directory has tiles rather than strips.</summary>
    /// <returns>True for tiles.</returns>
    public bool IsTiled() => Succeeded(Native.IsTiled(_handle));

    /// <summary>Tells whether the file's byte order is not the machine's.</summary>
    /// <returns>True if bytes are swapped.</returns>
    public bool IsByteSwapped() => Succeeded(Native.IsByteSwapped(_handle));

    /// <summary>Tells whether the file is big-endian.</summary>
    /// <returns>True for big-endian.</returns>
    public bool IsBigEndian() => Succeeded(Native.IsBigEndian(_handle));

    /// <summary>Tells whether a compression scheme can be used.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <returns>True if it can.</returns>
#pragma warning disable CA1822 // An instance method in the package.
    public bool IsCodecConfigured(Compression scheme) => Native.CodecConfigured(checked((ushort)scheme)) != 0;
#pragma warning restore CA1822

    private static bool IsMode(string? mode, string module)
    {
        if (mode is { Length: > 0 } && mode[0] is 'r' or 'w' or 'a')
            return true;
        Error(null, module, "\"{0}\": Bad mode", mode);
        return false;
    }

    private Tiff Opened()
    {
        _open = true;
        s_extender?.Invoke(this);
        Report();
        return this;
    }

    private Tiff? Failed()
    {
        Drain(null);
        _handle.Dispose();
        return null;
    }
}
