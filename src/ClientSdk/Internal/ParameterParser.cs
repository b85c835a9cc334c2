using System.Globalization;

namespace InferenceBridge.Client.Internal;

/// <summary>Reads what people type for a parameter.</summary>
internal static class ParameterParser
{
    public static ParameterValue Parse(ParameterInfo parameter, string text)
    {
        ParameterValue? value = parameter.Kind switch
        {
            ParameterKind.Number => ParseNumber(text),
            ParameterKind.Integer => ParseInteger(text),
            ParameterKind.Boolean => bool.TryParse(text, out var boolean) ? boolean : null,
            _ => text,
        };
        if (value is null)
        {
            throw Refusal(InferenceError.ParameterTypeMismatch, parameter, text);
        }

        return IsInRange(parameter, value) ? value : throw Refusal(InferenceError.ParameterOutOfRange, parameter, text);
    }

    private static ParameterValue? ParseNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    private static ParameterValue? ParseInteger(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? integer : null;

    private static bool IsInRange(ParameterInfo parameter, ParameterValue value) => value.Value switch
    {
        double number => number >= AsDouble(parameter.Minimum, double.NegativeInfinity)
            && number <= AsDouble(parameter.Maximum, double.PositiveInfinity),
        long integer => integer >= AsInteger(parameter.Minimum, long.MinValue)
            && integer <= AsInteger(parameter.Maximum, long.MaxValue),
        string choice => parameter.Choices.Any(declared => declared.Value == choice),
        _ => true,
    };

    private static double AsDouble(ParameterValue? bound, double otherwise) => bound?.Value switch
    {
        double number => number,
        long integer => integer,
        _ => otherwise,
    };

    private static long AsInteger(ParameterValue? bound, long otherwise) => bound?.Value is long integer ? integer : otherwise;

    private static InferenceException Refusal(InferenceError error, ParameterInfo parameter, string text) =>
        new(error, $"parameters.{parameter.Name}",
            $"Parameter {parameter.Name} is the text \"{text}\"; accepted: {parameter.Accepted}.");
}
