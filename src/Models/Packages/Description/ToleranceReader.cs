namespace InferenceBridge.Models.Packages;

/// <summary>Reads how well a test output must be reproduced: config.bioimageio.reproducibility_tolerance.</summary>
internal static class ToleranceReader
{
    public static Tolerance Read(YamlField config)
    {
        var all = config["reproducibility_tolerance"].Items;

        // The first that is not for other kinds of weights alone.
        var field = all.FirstOrDefault(entry => entry["weights_formats"].Items is { Count: 0 } or null
            || entry["weights_formats"].Items.Any(format => format.Text == "torchscript"));
        return field is null
            ? new Tolerance()
            : new Tolerance
            {
                Absolute = field["absolute_tolerance"].Number() ?? new Tolerance().Absolute,
                Relative = field["relative_tolerance"].Number() ?? new Tolerance().Relative,
                MismatchedPerMillion = field["mismatched_elements_per_million"].Number() ?? new Tolerance().MismatchedPerMillion,
            };
    }
}
