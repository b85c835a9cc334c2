using System.Globalization;
using InferenceBridge.Imaging;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Runs the network on a tile and what its neighbours need, then fuses slices.</summary>
/// <param name="options">How.</param>
/// <param name="network">The package's job on the same image; belongs to this job.</param>
/// <param name="steps">What lies before the network.</param>
/// <param name="noise">Noise that it leaves in each channel.</param>
/// <param name="image">The image.</param>
/// <param name="model">What the package is.</param>
internal sealed class TriDeFusionJob(
    TriDeFusionOptions options, ITensorJob network, IImageSteps steps, double[] noise, VolumeShape image, OperationDeclaration model) : ITensorJob
{
    private readonly FusionKernel _kernel = new(options);

    public IReadOnlyList<string> Warnings => [.. network.Warnings, .. Alone()];

    public IReadOnlyDictionary<string, object> EstimatedParameters { get; } =
        options.NoiseLeft > 0 ? new Dictionary<string, object>() : new Dictionary<string, object> { ["noise_left"] = noise[0] };

    public IReadOnlyDictionary<string, string> Details => new Dictionary<string, string>(network.Details)
    {
        ["model"] = model.Id,
        ["model_weights_sha256"] = model.Provenance.WeightsSha256,
        ["noise_left"] = string.Join(", ", noise.Select(one => one.ToString("0.###", CultureInfo.InvariantCulture))),
    };

    public Tensor Process(Tensor tile, CancellationToken cancellation) => Process(tile, new TileContext(0, cancellation));

    public Tensor Process(Tensor tile, TileContext context)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        var whole = new Box(0, 0, 0, image.Depth, image.Height, image.Width);
        var place = context.Place ?? new Tile(whole, whole);
        if (noise[context.Channel] <= 0)
        {
            return network.Process(tile, context).MoveToOuterDisposeScope();
        }

        var needed = place.Core.Grow(options.Reach, image.Depth, image.Height, image.Width);
        var denoised = Part(network.Process(tile, context with { Place = place with { Core = needed } }), place.Input, needed);
        var comparable = NoiseLeft.Comparable(denoised, steps, context.Channel);
        var fused = _kernel.Apply(
            denoised, comparable, noise[context.Channel], place.Core.Z - needed.Z, place.Core.Depth, context.Cancellation);
        var result = zeros_like(tile);
        var planes = needed with { Z = place.Core.Z, Depth = place.Core.Depth };
        Part(result, place.Input, place.Core).copy_(Part(fused, planes, place.Core));
        return result.MoveToOuterDisposeScope();
    }

    public void Dispose() => network.Dispose();

    private static Tensor Part(Tensor values, Box of, Box part) => values
        .narrow(0, part.Z - of.Z, part.Depth).narrow(1, part.Y - of.Y, part.Height).narrow(2, part.X - of.X, part.Width);

    private IEnumerable<string> Alone() => image.Depth > 1 ? []
        : image.Frames > 1
            ? ["Frames of a movie with several channels were not compared, and each is what the network gives: send channels one by one."]
            : ["There is one slice alone, so that nothing was compared: the result is what the network gives."];
}
