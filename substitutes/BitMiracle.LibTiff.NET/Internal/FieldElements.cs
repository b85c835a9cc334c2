using System.Globalization;

namespace BitMiracle.LibTiff.Classic.Internal;

/// <summary>The arguments of SetField as one list of integers, of reals, or of bytes.</summary>
internal readonly struct FieldElements
{
    private readonly List<long>? _integers;
    private readonly List<double>? _reals;
    private readonly byte[]? _bytes;

    private FieldElements(List<long>? integers, List<double>? reals, byte[]? bytes)
    {
        _integers = integers;
        _reals = reals;
        _bytes = bytes;
    }

    public int Set(TiffHandle handle, uint tag)
    {
        if (_bytes is not null)
            return Native.SetBytes(handle, tag, _bytes, _bytes.Length);
        if (_reals is not null)
            return Native.SetReals(handle, tag, _reals.ToArray(), _reals.Count);
        return Native.SetIntegers(handle, tag, _integers!.ToArray(), _integers.Count);
    }

    /// <summary>Flattens the arguments; for a field that passes a count the first says how many elements there are.</summary>
    public static bool TryCollect(TiffTag tag, in NativeField field, object[] arguments, out FieldElements elements,
        out string? fault)
    {
        elements = default;
        int first = 0;
        int? count = null;
        if (field.PassCount != 0)
        {
            if (arguments.Length != 2)
                return Fail($"takes a count and an array, got {arguments.Length} values", out fault);
            count = new FieldValue(Unwrap(arguments[0])).ToInt();
            first = 1;
        }
        if (arguments.Length == 0)
            return Fail("takes a value", out fault);

        var integers = new List<long>();
        var reals = new List<double>();
        byte[]? bytes = null;
        foreach (object argument in arguments.AsSpan(first))
        {
            object value = Unwrap(argument);
            if (value is string && (TiffType)field.Type is TiffType.ASCII or TiffType.BYTE or TiffType.UNDEFINED)
                value = FieldValue.Latin1.GetBytes((string)value);
            // Extra samples may come as a byte for each; elsewhere bytes are the elements' memory.
            if (value is byte[] raw && tag != TiffTag.EXTRASAMPLES)
                bytes = raw;
            else if (!TryAdd(value, integers, reals))
                return Fail($"cannot take a {value?.GetType().Name ?? "null"}", out fault);
        }
        if (bytes is not null && integers.Count + reals.Count > 0)
            return Fail("mixes bytes and numbers", out fault);
        return TryTake(count, BytesOf((TiffType)field.Type), integers, reals, bytes, out elements, out fault);
    }

    private static bool TryTake(int? count, int elementBytes, List<long> integers, List<double> reals,
        byte[]? bytes, out FieldElements elements, out string? fault)
    {
        elements = default;
        fault = null;
        if (reals.Count > 0 && integers.Count > 0)
            return Fail("mixes whole and real numbers", out fault);
        int available = bytes is null ? Math.Max(integers.Count, reals.Count) : bytes.Length / elementBytes;
        int wanted = count ?? available;
        if (wanted < 0 || wanted > available)
            return Fail($"has a count of {wanted} for {available} elements", out fault);
        if (bytes is not null)
            elements = new FieldElements(null, null, count is null ? bytes : bytes[..(wanted * elementBytes)]);
        else if (reals.Count > 0)
            elements = new FieldElements(null, reals[..wanted], null);
        else
            elements = new FieldElements(integers[..wanted], null, null);
        return true;
    }

    // In memory; fractions are single-precision numbers there.
    private static int BytesOf(TiffType type) => type switch
    {
        TiffType.SHORT or TiffType.SSHORT => 2,
        TiffType.LONG or TiffType.SLONG or TiffType.RATIONAL or TiffType.SRATIONAL or TiffType.FLOAT => 4,
        TiffType.DOUBLE or TiffType.IFD or TiffType.LONG8 or TiffType.SLONG8 or TiffType.IFD8 => 8,
        _ => 1,
    };

    private static object Unwrap(object argument) => argument is FieldValue field ? field.Value! : argument;

    private static bool TryAdd(object? value, List<long> integers, List<double> reals)
    {
        switch (value)
        {
            case Array array:
                foreach (object? element in array)
                {
                    if (element is Array || !TryAdd(element, integers, reals))
                        return false;
                }
                return true;
            case float or double:
                reals.Add(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                return true;
            case ulong big:
                integers.Add(unchecked((long)big));
                return big <= long.MaxValue;
            case Enum or bool or byte or sbyte or short or ushort or int or uint or long:
                integers.Add(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            default:
                return false;
        }
    }

    private static bool Fail(string message, out string? fault)
    {
        fault = message;
        return false;
    }
}
