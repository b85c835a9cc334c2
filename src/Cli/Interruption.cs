using System.Runtime.InteropServices;

namespace InferenceBridge.Cli;

/// <summary>
/// Ctrl-C and SIGTERM as a cancellation token. The first signal asks the work to stop; the second ends the process. A file
/// that outgrows the user's limit ends in an error of the write, not in the death of the process.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>SIGXFSZ of Linux, which has no name in the library.</summary>
    private const PosixSignal FileSizeExceeded = (PosixSignal)25;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration? _fileSize;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
        _fileSize = OperatingSystem.IsLinux() ? PosixSignalRegistration.Create(FileSizeExceeded, context => context.Cancel = true) : null;
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _fileSize?.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (!_source.IsCancellationRequested)
        {
            context.Cancel = true;
            _source.Cancel();
        }
    }
}
