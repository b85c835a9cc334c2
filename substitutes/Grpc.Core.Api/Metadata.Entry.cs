using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with a text or, where the key ends in "-bin", with bytes. Immutable.</summary>
    public class Entry
    {
        private readonly string? _value;
        private readonly byte[]? _valueBytes;

        /// <param name="key">Ends in "-bin"; made lower case; letters, digits, '.', '_' and '-' only.</param>
        /// <param name="valueBytes">Value, which is copied.</param>
        /// <exception cref="ArgumentException">The key is malformed or lacks the suffix.</exception>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = Normalized(key);
            if (!IsBinary)
                throw new ArgumentException($"The key \"{key}\" of a binary value must end in \"-bin\".", nameof(key));
            _valueBytes = (byte[])valueBytes.Clone();
        }

        /// <param name="key">Does not end in "-bin"; made lower case; letters, digits, '.', '_' and '-' only.</param>
        /// <param name="value">Value, in ASCII.</param>
        /// <exception cref="ArgumentException">The key is malformed or has the suffix.</exception>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = Normalized(key);
            if (IsBinary)
                throw new ArgumentException($"The key \"{key}\" of a text must not end in \"-bin\".", nameof(key));
            _value = value;
        }

        public string Key { get; }

        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <exception cref="InvalidOperationException">The entry is binary.</exception>
        public string Value =>
            _value ?? throw new InvalidOperationException($"The entry \"{Key}\" is binary and has no text.");

        /// <summary>A copy of the bytes; of a text, its bytes in ASCII.</summary>
        public byte[] ValueBytes => (byte[]?)_valueBytes?.Clone() ?? Encoding.ASCII.GetBytes(Value);

        public override string ToString() =>
            IsBinary
                ? $"[Entry: key={Key}, valueBytes={Convert.ToBase64String(_valueBytes!)}]"
                : $"[Entry: key={Key}, value={_value}]";

        private static string Normalized(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            if (key.Length == 0 || !key.All(IsKeyCharacter))
            {
                throw new ArgumentException(
                    $"The key \"{key}\" must consist of letters, digits, '.', '_' and '-' of ASCII.", nameof(key));
            }

#pragma warning disable CA1308 // HTTP/2 has its header names in lower case.
            return key.ToLowerInvariant();
#pragma warning restore CA1308
        }

        private static bool IsKeyCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
    }
}
