using BitMiracle.LibTiff.Classic.Internal;

namespace BitMiracle.LibTiff.Classic;

public partial class Tiff
{
    private readonly Dictionary<TiffTag, TiffFieldInfo> _definitions = [];

    /// <summary>Gets a tag of the current directory.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>
    /// Its value or values, null if it is absent. Tags that pass a count give the count and then the elements; the
    /// elements of tags that are not part of the baseline are bytes, in the machine's byte order.
    /// </returns>
    public FieldValue[]? GetField(TiffTag tag) => GetField(tag, defaulted: false);

    /// <summary>Gets a tag of the current directory, or its default.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>As <see cref="GetField(TiffTag)"/>; null if the tag is absent and has no default.</returns>
    public FieldValue[]? GetFieldDefaulted(TiffTag tag) => GetField(tag, defaulted: true);

    /// <summary>Sets a tag of the current directory.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="value">Its value or values; for tags that pass a count, the count and then an array.</param>
    /// <returns>False if the tag is unknown or the value does not suit it; the error handler is told why.</returns>
    public bool SetField(TiffTag tag, params object[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        NativeField field = FieldOf(tag, out bool known);
        if (!known && _definitions.TryGetValue(tag, out TiffFieldInfo? definition))
            field = ToNative(definition);
        if (!FieldElements.TryCollect(tag, in field, value, out FieldElements elements, out string? fault))
        {
            Error(this, "SetField", "{0}: {1}", tag, fault);
            return false;
        }
        return Succeeded(elements.Set(_handle, (uint)tag));
    }

    /// <summary>Removes a tag from the current directory.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>False if it cannot be removed.</returns>
    public bool UnsetField(TiffTag tag) => Succeeded(Native.UnsetField(_handle, (uint)tag));

    /// <summary>Defines tags that the library does not know; tags that it knows stay as they are.</summary>
    /// <param name="info">The definitions.</param>
    /// <param name="count">How many of <paramref name="info"/> to take.</param>
    public void MergeFieldInfo(TiffFieldInfo[] info, int count)
    {
        ArgumentNullException.ThrowIfNull(info);
        foreach (TiffFieldInfo definition in info.AsSpan(0, count))
        {
            NativeField field = ToNative(definition);
            if (Succeeded(Native.DefineField(_handle, (uint)definition.Tag, field, definition.Name)))
                _definitions.TryAdd(definition.Tag, definition);
        }
    }

    private static NativeField ToNative(TiffFieldInfo definition) => new()
    {
        Type = (int)definition.Type,
        ReadCount = definition.ReadCount,
        WriteCount = definition.WriteCount,
        PassCount = definition.PassCount ? 1 : 0,
    };

    private NativeField FieldOf(TiffTag tag, out bool known)
    {
        known = Succeeded(Native.FindField(_handle, (uint)tag, out NativeField field));
        return field;
    }

    private FieldValue[]? GetField(TiffTag tag, bool defaulted)
    {
        FieldValue[]? result = null;
        if (Native.GetField(_handle, (uint)tag, defaulted ? 1 : 0, out NativeValue value) != 0)
        {
            // A tag that is unknown to libtiff has been read as one that passes a count; the definition says better.
            bool passCount = Native.FindField(_handle, (uint)tag, out NativeField field) != 0 && field.PassCount != 0;
            if (_definitions.TryGetValue(tag, out TiffFieldInfo? definition))
                passCount = definition.PassCount;
            result = FieldShape.Of(tag, passCount, in value);
        }
        Report();
        return result;
    }
}
