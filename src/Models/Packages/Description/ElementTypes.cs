using TorchSharp;

namespace InferenceBridge.Models.Packages;

/// <summary>Element types as descriptions spell them.</summary>
internal static class ElementTypes
{
    public static torch.ScalarType Read(YamlField field) => field.Text switch
    {
        null or "float32" => torch.ScalarType.Float32,
        "float64" => torch.ScalarType.Float64,
        "float16" => torch.ScalarType.Float16,
        "uint8" => torch.ScalarType.Byte,
        "int8" => torch.ScalarType.Int8,
        "int16" => torch.ScalarType.Int16,
        "uint16" or "int32" => torch.ScalarType.Int32,
        "uint32" or "uint64" or "int64" => torch.ScalarType.Int64,
        "bool" => torch.ScalarType.Bool,
        _ => throw field.Fault("float16, float32, float64, bool, int8 to int64, uint8 to uint64"),
    };
}
