using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Element types as safetensors spells them.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, ScalarType Type, int Bytes)[] All =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    public static string Accepted => string.Join(", ", All.Select(type => type.Name));

    public static int Bytes(ScalarType type) => Array.Find(All, known => known.Type == type).Bytes;

    public static string Name(ScalarType type, string tensor, string path) => Array.Find(All, known => known.Type == type).Name
        ?? throw SafetensorsHeader.Fault(path, $"cannot hold tensor \"{tensor}\" of {type}, but {Accepted}");

    public static (ScalarType Type, int Bytes)? Find(string name) =>
        Array.Find(All, known => known.Name == name) is { Name: not null } found ? (found.Type, found.Bytes) : null;
}
