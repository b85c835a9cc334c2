namespace InferenceBridge.Server.Configuration;

/// <summary>A setting that cannot be used.</summary>
/// <param name="Key">Full key: "InferenceBridge:Device".</param>
/// <param name="Message">The value and what would be accepted.</param>
internal sealed record OptionsFault(string Key, string Message);

/// <summary>Reports all faults of a configuration at once.</summary>
internal static class OptionsFaults
{
    public static string Key(string name) => $"{InferenceServerOptions.SectionName}:{name}";

    public static void ThrowIfAny(IReadOnlyList<OptionsFault> faults)
    {
        if (faults.Count > 0)
        {
            throw new InferenceException(InferenceError.UsageInvalid, string.Join(", ", faults.Select(fault => fault.Key)),
                string.Join(Environment.NewLine, faults.Select(fault => $"{fault.Key} {fault.Message}")));
        }
    }
}
