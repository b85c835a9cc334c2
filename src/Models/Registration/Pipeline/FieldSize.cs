using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>How long a motion's displacements are.</summary>
/// <param name="Mean">Mean length over all pixels, in px.</param>
/// <param name="Largest">Largest length, in px.</param>
internal readonly record struct FieldSize(double Mean, double Largest)
{
    public static FieldSize Of(Motion motion)
    {
        if (motion.Field is not { } field)
        {
            var length = Math.Sqrt(motion.Shift.Squared);
            return new FieldSize(length, length);
        }

        using var scope = NewDisposeScope();
        var lengths = field.square().sum(0L).sqrt_();
        return new FieldSize(lengths.mean().ToDouble(), lengths.max().ToDouble());
    }
}
