namespace TorchSharp.Modules;

/// <summary>Turns a number or a tuple into an array with one number an axis.</summary>
internal static class Axes
{
    internal static long[] Of(long only) => [only];

    internal static long[] Of((long First, long Second) axes) => [axes.First, axes.Second];

    internal static long[] Of((long First, long Second, long Third) axes) => [axes.First, axes.Second, axes.Third];
}
