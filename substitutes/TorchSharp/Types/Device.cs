using System.Globalization;

namespace TorchSharp;

/// <summary>Kinds of devices, numbered as c10::DeviceType.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    MPS = 13,
    META = 14,
}

public static partial class torch
{
    public static Device CPU { get; } = new(DeviceType.CPU, -1);

    public static Device CUDA { get; } = new(DeviceType.CUDA, -1);

    public static Device META { get; } = new(DeviceType.META, -1);

    public static Device device(string description) => new(description);

    public static Device device(string type, int index = -1) => new(type, index);

    public static Device device(DeviceType type, int index = -1) => new(type, index);

    public static Device device(int index) => new(index);

    /// <summary>Where a tensor lives: a kind of device and, when there are several, which one.</summary>
    public class Device
    {
        /// <param name="description">"cpu", "cuda", or with an index, "cuda:1".</param>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var parts = description.Split(':');
            type = ParseType(parts[0]);
            index = parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : -1;
            if (parts.Length > 2)
            {
                throw new ArgumentException($"'{description}' is not a device; expected e.g. 'cpu' or 'cuda:0'.", nameof(description));
            }
        }

        public Device(string type, int index = -1)
            : this(ParseType(type), index)
        {
        }

        public Device(DeviceType type, int index = -1)
        {
            this.type = type;
            this.index = type == DeviceType.CUDA ? index : -1;
        }

        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        public DeviceType type { get; }

        /// <summary>Which device of its kind; -1 for the current one.</summary>
        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public static bool operator ==(Device? left, Device? right) =>
            left is null ? right is null : right is not null && left.type == right.type && left.index == right.index;

        public static bool operator !=(Device? left, Device? right) => !(left == right);

        public override bool Equals(object? obj) => obj is Device other && this == other;

        public override int GetHashCode() => HashCode.Combine(type, index);

        public override string ToString()
        {
#pragma warning disable CA1308 // PyTorch writes device names in lower case.
            var name = type.ToString().ToLowerInvariant();
#pragma warning restore CA1308
            return index < 0 ? name : $"{name}:{index}";
        }

        private static DeviceType ParseType(string name) => name switch
        {
            "cpu" => DeviceType.CPU,
            "cuda" => DeviceType.CUDA,
            "mps" => DeviceType.MPS,
            "meta" => DeviceType.META,
            _ => throw new ArgumentException($"'{name}' is not a device type; expected cpu, cuda, mps or meta.", nameof(name)),
        };
    }
}
