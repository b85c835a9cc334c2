namespace InferenceBridge.Imaging.Tests;

public class PixelConverterTests
{
    private static readonly float[] Awkward =
    [
        0, -0f, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 0.49999997f, 254.5f, 255.49f, 255.5f, 256, -1, -0.51f, 65534.5f, 65535.49f, 65535.5f,
        32767.4f, 32767.5f, 32768, -32768.4f, -32768.5f, -32769, 2147483520f, 2147483648f, -2147483648f, -2147483904f, 4294967040f,
        4294967296f, 8388607.5f, 16777217, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon,
    ];

    public static TheoryData<PixelType> Integers =>
        [PixelType.UInt8, PixelType.UInt16, PixelType.Int16, PixelType.UInt32, PixelType.Int32];

    public static TheoryData<PixelType> All => [.. Enum.GetValues<PixelType>()];

    [Theory]
    [MemberData(nameof(Integers))]
    public void FromSingle_AwkwardValues_RoundsHalfToEvenAndSaturates(PixelType type)
    {
        // Every value in every lane: once alone, and repeated so that the vector loops run.
        foreach (var length in new[] { 1, 3, 64, 67 })
        {
            foreach (var value in Awkward)
            {
                var values = new float[length];
                values.AsSpan().Fill(value);
                values[0] = 1;
                var pixels = new byte[length * type.BytesPerPixel()];

                var saturated = PixelConverter.FromSingle(values, type, pixels);

                var (expected, outside) = Expected(value, type);
                Assert.Equal(outside ? length - 1 : 0, saturated);
                Assert.Equal(1, Pixel(pixels, type, 0));
                for (var i = 1; i < length; i++)
                {
                    Assert.Equal(expected, Pixel(pixels, type, i));
                }
            }
        }
    }

    [Theory]
    [InlineData(PixelType.UInt8, 0, 255)]
    [InlineData(PixelType.UInt16, 0, 65535)]
    [InlineData(PixelType.Int16, -32768, 32767)]
    public void ToSingle_EveryValue_RoundTrips(PixelType type, int minimum, int maximum)
    {
        var values = Enumerable.Range(minimum, maximum - minimum + 1).Select(value => (float)value).ToArray();
        var pixels = new byte[values.Length * type.BytesPerPixel()];
        var decoded = new float[values.Length];
        var exact = new double[values.Length];

        Assert.Equal(0, PixelConverter.FromSingle(values, type, pixels));
        PixelConverter.ToSingle(pixels, type, decoded);
        PixelConverter.ToDouble(pixels, type, exact);

        Assert.Equal(values, decoded);
        Assert.Equal(Array.ConvertAll(values, value => (double)value), exact);
    }

    [Fact]
    public void ToDouble_LargeIntegers_AreExact()
    {
        var values = new double[2];
        PixelConverter.ToDouble([0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x00, 0x00, 0x80], PixelType.UInt32, values);
        Assert.Equal([4294967295, 2147483649], values);
        PixelConverter.ToDouble([0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x00, 0x00, 0x80], PixelType.Int32, values);
        Assert.Equal([-1, -2147483647], values);
    }

    [Theory]
    [InlineData(PixelType.Float32)]
    [InlineData(PixelType.Float64)]
    public void FromSingle_FloatingPoint_KeepsEveryValue(PixelType type)
    {
        var pixels = new byte[Awkward.Length * type.BytesPerPixel()];
        var decoded = new float[Awkward.Length];

        Assert.Equal(0, PixelConverter.FromSingle(Awkward, type, pixels));
        PixelConverter.ToSingle(pixels, type, decoded);

        Assert.Equal(Awkward, decoded);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ToSingle_WrongLength_Throws(PixelType type)
    {
        var pixels = new byte[(4 * type.BytesPerPixel()) + 1];

        Assert.Throws<ArgumentException>(() => PixelConverter.ToSingle(pixels, type, new float[4]));
        Assert.Throws<ArgumentException>(() => PixelConverter.ToDouble(pixels, type, new double[4]));
        Assert.Throws<ArgumentException>(() => PixelConverter.FromSingle(new float[4], type, pixels));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void FindNonFinite_AllFinite_IsMinusOne(int length)
    {
        var values = new float[length];
        values.AsSpan().Fill(float.MaxValue);

        Assert.Equal(-1, PixelConverter.FindNonFinite(values));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void FindNonFinite_AnyPlace_IsFirst(float value)
    {
        for (var at = 0; at < 70; at++)
        {
            var values = new float[70];
            values[at] = value;
            values[^1] = float.NaN;

            Assert.Equal(at, PixelConverter.FindNonFinite(values));
        }
    }

    private static (double Value, bool Outside) Expected(float value, PixelType type)
    {
        var (minimum, maximum) = type switch
        {
            PixelType.UInt8 => (0m, 255m),
            PixelType.UInt16 => (0m, 65535m),
            PixelType.Int16 => (-32768m, 32767m),
            PixelType.UInt32 => (0m, 4294967295m),
            _ => (-2147483648m, 2147483647m),
        };
        if (float.IsNaN(value))
        {
            return (0, true);
        }

        // Decimal arithmetic, independent of the rounding under test.
        var number = Math.Abs(value) > 1e15f ? Math.Sign(value) * 1e15m : (decimal)(double)value;
        var floor = Math.Floor(number);
        var rest = number - floor;
        var rounded = rest > 0.5m || (rest == 0.5m && floor % 2 != 0) ? floor + 1 : floor;
        return ((double)Math.Clamp(rounded, minimum, maximum), rounded < minimum || rounded > maximum);
    }

    private static double Pixel(byte[] pixels, PixelType type, int index)
    {
        var at = pixels.AsSpan(index * type.BytesPerPixel());
        return type switch
        {
            PixelType.UInt8 => at[0],
            PixelType.UInt16 => BitConverter.ToUInt16(at),
            PixelType.Int16 => BitConverter.ToInt16(at),
            PixelType.UInt32 => BitConverter.ToUInt32(at),
            _ => BitConverter.ToInt32(at),
        };
    }
}
