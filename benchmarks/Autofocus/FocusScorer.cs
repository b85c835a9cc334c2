using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>Moves a virtual microscope and has its frames scored by a metric, for searches that know nothing else.</summary>
internal sealed class FocusScorer : IAsyncDisposable
{
    private readonly FrameStream _stream;
    private readonly IAsyncEnumerator<FrameResult> _answers;
    private readonly VirtualMicroscope _microscope;
    private readonly string _metric;
    private readonly double _backlash;

    public FocusScorer(InferenceBridgeClient client, VirtualMicroscope microscope, string metric, double backlash, CancellationToken cancellation)
    {
        (_microscope, _metric, _backlash) = (microscope, metric, backlash);
        _stream = client.OpenFrameStream(new FrameStreamRequest("autofocus/metrics", microscope.Frame), cancellation);
        _answers = _stream.ReadResultsAsync(cancellation).GetAsyncEnumerator(cancellation);
    }

    /// <summary>z and score of every frame.</summary>
    public List<(double Z, double Score)> Curve { get; } = [];

    /// <summary>Goes there from below, as ours does, and scores a frame.</summary>
    public async Task<double> AtAsync(double z)
    {
        Move(z);
        await _stream.SendAsync(new Frame(Curve.Count + 1, _microscope.Snap()));
        await _answers.MoveNextAsync();
        Curve.Add((z, _answers.Current.Numbers[_metric]));
        return Curve[^1].Score;
    }

    /// <summary>Goes there from below.</summary>
    public void Move(double z)
    {
        if (z <= _microscope.Stage.Z || Curve.Count == 0)
        {
            _microscope.MoveTo(z - _backlash);
        }

        _microscope.MoveTo(z);
    }

    public async ValueTask DisposeAsync()
    {
        await _answers.DisposeAsync();
        await _stream.DisposeAsync();
    }
}
