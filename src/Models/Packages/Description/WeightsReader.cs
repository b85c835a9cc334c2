namespace InferenceBridge.Models.Packages;

/// <summary>Chooses the weights: those of a network that the program builds, else TorchScript.</summary>
internal static class WeightsReader
{
    public static WeightsDescription Read(YamlField root)
    {
        var own = root["config"]["inferencebridge"]["network"];
        if (!own.IsMissing)
        {
            var network = new NetworkDescription(own["architecture"].RequireText(),
                own["options"].Entries.ToDictionary(entry => entry.Name, entry => entry.Field.RequireText(), StringComparer.Ordinal));
            var file = FileReader.Read(own["weights"]["source"], own["weights"]["sha256"].Require("64 hexadecimal digits"));
            return new WeightsDescription(file, network);
        }

        var weights = root["weights"].Require("weights of the kind torchscript");
        var script = weights["torchscript"];
        if (script.IsMissing)
        {
            var kinds = string.Join(", ", weights.Entries.Select(entry => entry.Name));
            throw weights.Refuse($"holds {(kinds.Length == 0 ? "nothing" : kinds)}; accepted: torchscript among them.");
        }

        return new WeightsDescription(FileReader.Read(script["source"], script["sha256"].Require("64 hexadecimal digits")), null);
    }
}
