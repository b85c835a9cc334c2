using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Makes parameters whose values an initialisation fills in.</summary>
internal static class NewParameter
{
    internal static Parameter Empty(long[] shape, Device? device, ScalarType? dtype)
    {
        using var values = empty(shape, dtype, device);
        return new Parameter(values);
    }

    internal static Parameter Full(long[] shape, double value, Device? device, ScalarType? dtype)
    {
        using var values = full(shape, value, dtype, device);
        return new Parameter(values);
    }
}
