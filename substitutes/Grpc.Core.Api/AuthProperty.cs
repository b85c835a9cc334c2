using System.Text;

namespace Grpc.Core;

/// <summary>A property of the peer's identity.</summary>
public class AuthProperty
{
    private readonly byte[] _valueBytes;

    private AuthProperty(string name, byte[] valueBytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(valueBytes);
        Name = name;
        _valueBytes = valueBytes;
    }

    public string Name { get; }

    /// <summary>The value as UTF-8.</summary>
    public string Value => Encoding.UTF8.GetString(_valueBytes);

    /// <summary>A copy of the value.</summary>
    public byte[] ValueBytes => (byte[])_valueBytes.Clone();

    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static AuthProperty Create(string name, byte[] valueBytes) =>
        new(name, (byte[])valueBytes?.Clone()!);
}
