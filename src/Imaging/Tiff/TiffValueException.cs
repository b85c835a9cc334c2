using System.Globalization;

namespace InferenceBridge.Imaging;

/// <summary>A sample that no pixel type holds. The reader, which knows the plane, makes a refusal of it.</summary>
internal sealed class TiffValueException(string message) : Exception(message)
{
    public static TiffValueException Of<TValue, TLimit>(TValue value, TLimit minimum, TLimit maximum, int column)
        where TValue : IFormattable
        where TLimit : IFormattable =>
        new(string.Create(CultureInfo.InvariantCulture, $"the value {value} in column {column}; accepted in samples of more than 32 bits: {minimum} to {maximum}"));
}
