namespace InferenceBridge.Models.Packages;

/// <summary>What an axis of a tensor runs along. All but the first are, in this order, the axes of a volume.</summary>
internal enum AxisKind
{
    Batch = -1,
    Time = 0,
    Channel = 1,
    Z = 2,
    Y = 3,
    X = 4,
}

/// <summary>An axis of a tensor.</summary>
/// <param name="Id">Name that references use.</param>
/// <param name="Kind">What it runs along.</param>
/// <param name="Size">Sizes that the network takes or gives.</param>
internal sealed record AxisDescription(string Id, AxisKind Kind, AxisSize Size)
{
    /// <summary>What is to be cut from either end of an output, in pixels.</summary>
    public int Halo { get; init; }
}

/// <summary>Sizes that an axis may have.</summary>
internal abstract record AxisSize
{
    /// <summary>One size alone.</summary>
    internal sealed record Fixed(int Length) : AxisSize;

    /// <summary><paramref name="Minimum"/> + n × <paramref name="Step"/>.</summary>
    internal sealed record Stepped(int Minimum, int Step) : AxisSize;

    /// <summary>Another axis's size × <paramref name="Factor"/> + <paramref name="Offset"/>.</summary>
    internal sealed record Reference(string Tensor, string Axis, double Factor, double Offset) : AxisSize;
}
