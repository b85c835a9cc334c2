namespace InferenceBridge.Models.Packages;

/// <summary>Rules that span several fields.</summary>
internal static class DescriptionRules
{
    public static void Check(YamlField root, PackageDescription description)
    {
        // Optional tensors are left out, which a network notices if others follow.
        var required = root["inputs"].Items.Select(input => !input["optional"].Boolean(false)).ToList();
        if (description.Inputs.Count == 0 || required.LastIndexOf(true) != description.Inputs.Count - 1)
        {
            throw root["inputs"].Refuse("has no tensor that is needed, or one behind an optional one; accepted: at least one, and the optional ones last.");
        }

        if (description.Outputs.Count == 0)
        {
            throw root["outputs"].Refuse("is empty; accepted: at least one tensor.");
        }

        CheckNames(root, description);
        foreach (var (tensor, field) in Pairs(root["inputs"], description.Inputs).Concat(Pairs(root["outputs"], description.Outputs)))
        {
            CheckAxes(tensor, field, description);
            CheckSteps(tensor, field, description);
        }

        if (description.Bridge.Stabilises && (!PackageRoute.IsTiled(description) || description.Inputs[0].Steps.Count > 0))
        {
            throw root["config"]["inferencebridge"]["stabilise"].Refuse(
                "is true; accepted where there is one input without preprocessing, and one output of the same size.");
        }

        var slices = root["config"]["inferencebridge"]["channels"];
        if (description.Bridge.ChannelsAreSlices
            && (description.Inputs.Count > 1 || description.Inputs[0].Has(AxisKind.Z) || description.Inputs[0].Channels is not { } count || count % 2 == 0))
        {
            throw slices.Refuse("is slices; accepted where there is one input, without z, with an odd number of channels.");
        }
    }

    private static IEnumerable<(TensorDescription Tensor, YamlField Field)> Pairs(YamlField list, IReadOnlyList<TensorDescription> tensors) =>
        tensors.Zip(list.Items);

    private static void CheckNames(YamlField root, PackageDescription description)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (tensor, field) in Pairs(root["inputs"], description.Inputs).Concat(Pairs(root["outputs"], description.Outputs)))
        {
            if (!seen.TryAdd(tensor.Id, field.Path))
            {
                var named = field["id"].IsMissing ? field["name"] : field["id"];
                throw named.Refuse($"is \"{tensor.Id}\", as {seen[tensor.Id]} is named already; accepted: a name that no other tensor has.");
            }
        }
    }

    private static void CheckAxes(TensorDescription tensor, YamlField field, PackageDescription description)
    {
        var axes = field["axes"];
        var repeated = tensor.Axes.GroupBy(axis => axis.Kind).FirstOrDefault(group => group.Count() > 1);
        if (repeated is not null)
        {
            throw axes.Refuse($"has two axes for {repeated.Key}; accepted: one.");
        }

        if (!tensor.Has(AxisKind.Y) || !tensor.Has(AxisKind.X))
        {
            throw axes.Refuse("has no y and x; accepted: images, which have both.");
        }

        foreach (var axis in tensor.Axes)
        {
            if (axis.Size is AxisSize.Reference reference)
            {
                var target = description.Inputs.Concat(description.Outputs).FirstOrDefault(other => other.Id == reference.Tensor);
                if (target?.Axes.FirstOrDefault(other => other.Id == reference.Axis) is not { } other
                    || (target.Id == tensor.Id && other.Id == axis.Id) || other.Size is AxisSize.Reference)
                {
                    throw axes.Refuse($"has {axis.Id} refer to {reference.Tensor}.{reference.Axis}; accepted: an axis of another tensor with a size of its own.");
                }
            }
        }
    }

    private static void CheckSteps(TensorDescription tensor, YamlField field, PackageDescription description)
    {
        foreach (var reference in tensor.Steps.Select(step => step.ReferenceTensor).OfType<string>())
        {
            if (description.Inputs.Concat(description.Outputs).All(other => other.Id != reference))
            {
                throw field.Refuse($"has a step that refers to the tensor \"{reference}\"; accepted: a tensor of the package.");
            }
        }
    }
}
