using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Server.Tests.Support;

/// <summary>A RAUDen-lite, architecture "gated", that waits where a test has closed it, and that refuses values above 50,000.</summary>
internal sealed class GatedNetwork : INetworkFactory, IPackageNetwork
{
    private readonly SemaphoreSlim _entered = new(0);
    private readonly ManualResetEventSlim _open = new(true);
    private IPackageNetwork? _inner;

    public string Architecture => "gated";

    public int Width => _inner!.Width;

    public IPackageNetwork Create(NetworkRequest request)
    {
        _inner = NetworkFactories.All.First(factory => factory.Architecture == "rauden-lite").Create(request);
        return this;
    }

    public void Close() => _open.Reset();

    public void Open() => _open.Set();

    /// <summary>Waits until it is run while it is closed.</summary>
    public Task EnteredAsync() => _entered.WaitAsync(TestContext.Current.CancellationToken);

    public IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor> inputs)
    {
        if (!_open.IsSet)
        {
            _entered.Release();
            _open.Wait();
        }

        return inputs[0].max().item<float>() > 50_000
            ? throw new InferenceException(InferenceError.ShapeMismatch, "bioimageio.yaml:weights", "A value is above 50,000.")
            : _inner!.Forward(inputs);
    }

    public void Dispose()
    {
        _inner?.Dispose();
        _entered.Dispose();
        _open.Dispose();
    }
}
