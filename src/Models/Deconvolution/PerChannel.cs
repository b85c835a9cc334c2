namespace InferenceBridge.Models;

/// <summary>One thing for each channel, of which only that of the last channel is kept: channels take their turns stack by stack.</summary>
/// <param name="count">1 where all channels share one thing.</param>
internal sealed class PerChannel<T>(int count) : IDisposable
    where T : class, IDisposable
{
    private int _channel = -1;
    private T? _current;

    /// <summary>The thing of a channel, made where it is not the last one that was asked for.</summary>
    public T For(int channel, Func<int, T> make)
    {
        var wanted = count == 1 ? 0 : channel;
        if (_current is null || wanted != _channel)
        {
            _current?.Dispose();
            (_current, _channel) = (null, wanted);
            _current = make(wanted);
        }

        return _current;
    }

    public void Dispose() => _current?.Dispose();
}
