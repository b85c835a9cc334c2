namespace InferenceBridge.Models.Packages;

/// <summary>What a job must know of a network before it plans.</summary>
/// <param name="Axes">For z, y and x, those that the network knows: how it takes them.</param>
/// <param name="BytesPerVoxel">Peak memory for each pixel of its first input, in bytes.</param>
/// <param name="CanBatch">True where it takes several samples at once and none changes what another gives.</param>
internal sealed record NetworkTraits(IReadOnlyDictionary<AxisKind, AxisGeometry> Axes, int BytesPerVoxel, bool CanBatch)
{
    // A U-Net holds, where images are largest, the skipped features, the joined ones and two results: some eight times its width.
    private const int LayersAlive = 8;
    private const int LeastWidth = 16;

    /// <summary>True where results depend on the whole image, so that it cannot be cut.</summary>
    public bool IsGlobal => Axes.Values.Any(axis => axis.IsGlobal);

    public static NetworkTraits Of(PackageDescription description, IPackageNetwork network)
    {
        var settings = description.Bridge;
        var axes = new Dictionary<AxisKind, AxisGeometry>();
        foreach (var kind in new[] { AxisKind.Z, AxisKind.Y, AxisKind.X })
        {
            if (description.Inputs[0].Axis(kind) is not { } axis)
            {
                continue;
            }

            // What an author wants cut from an output's ends is not to be trusted by a neighbour either.
            var halo = description.Outputs.Max(output => output.Axis(kind)?.Halo ?? 0);
            if (axis.Size is AxisSize.Fixed { Length: var length })
            {
                axes.Add(kind, new AxisGeometry(kind, length, 0, halo, false));
                continue;
            }

            var size = axis.Size as AxisSize.Stepped ?? new AxisSize.Stepped(1, 1);
            var stated = settings.Reach is { } reach ? kind switch { AxisKind.Z => reach.Z, AxisKind.Y => reach.Y, _ => reach.X } : (int?)null;
            var measured = settings.IsGlobal == true ? null : stated ?? ReceptiveField.Measure(description, network, kind);
            axes.Add(kind, new AxisGeometry(kind, size.Minimum, size.Step, Math.Max(halo, measured ?? 0), measured is null));
        }

        var bytes = settings.DeviceBytesPerVoxel
            ?? (network.BytesPerPixel > 0 ? network.BytesPerPixel : LayersAlive * sizeof(float) * Math.Max(network.Width, LeastWidth));
        return new NetworkTraits(axes, bytes, BatchProbe.CanBatch(description, network));
    }
}
