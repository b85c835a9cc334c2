using Google.Protobuf.Collections;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>Values of parameters to and from the wire.</summary>
internal static class ValueMapper
{
    public static Proto.ParameterValue ToProto(ParameterValue value) => value.Value switch
    {
        double number => new Proto.ParameterValue { Number = number },
        long integer => new Proto.ParameterValue { Integer = integer },
        bool boolean => new Proto.ParameterValue { Boolean = boolean },
        _ => new Proto.ParameterValue { Choice = (string)value.Value },
    };

    /// <summary>Values of a kind that this client does not know are left out.</summary>
    public static IReadOnlyDictionary<string, ParameterValue> FromProto(MapField<string, Proto.ParameterValue> values)
    {
        var mapped = new SortedDictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (FromProto(value) is { } known)
            {
                mapped.Add(name, known);
            }
        }

        return mapped.AsReadOnly();
    }

    private static ParameterValue? FromProto(Proto.ParameterValue value) => value.KindCase switch
    {
        Proto.ParameterValue.KindOneofCase.Number => value.Number,
        Proto.ParameterValue.KindOneofCase.Integer => value.Integer,
        Proto.ParameterValue.KindOneofCase.Boolean => value.Boolean,
        Proto.ParameterValue.KindOneofCase.Choice => value.Choice,
        _ => null,
    };
}
