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
        // Not full(), which takes the type of the value, double precision, where none is given.
        using var values = empty(shape, dtype, device);
        values.fill_(value);
        return new Parameter(values);
    }
}
