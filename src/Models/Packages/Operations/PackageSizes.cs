using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Packages;

/// <summary>Sizes of a package's tensors for a request, along time, channel, z, y, x.</summary>
internal static class PackageSizes
{
    /// <summary>Sizes of the inputs by id.</summary>
    /// <exception cref="InferenceException">They do not suit the package or each other: input and axis.</exception>
    public static IReadOnlyDictionary<string, long[]> Check(PackageDescription description, NetworkTraits traits, TensorJobRequest request)
    {
        var all = new Dictionary<string, long[]>(StringComparer.Ordinal);
        for (var i = 0; i < description.Inputs.Count; i++)
        {
            var (input, name) = (description.Inputs[i], PackageDeclaration.InputName(description, i));
            var shape = i == 0 ? request.Image.Shape : request.Auxiliaries[name].Shape;
            var sizes = TensorLayout.Sizes(shape);
            CheckChannels(input, name, shape.Channels);
            CheckTime(input, name, shape.Frames);
            foreach (var kind in TensorLayout.Missing(input).Where(_ => i > 0))
            {
                var first = all[description.Inputs[0].Id][(int)kind];
                Require(sizes[(int)kind] == first, name, kind, sizes[(int)kind], $"{first}, as the image has");
            }

            all.Add(input.Id, sizes);
        }

        foreach (var axis in traits.Axes.Values)
        {
            axis.Check((int)all[description.Inputs[0].Id][(int)axis.Kind], InputRole.ImageName);
        }

        for (var i = 1; i < description.Inputs.Count; i++)
        {
            CheckOther(description, description.Inputs[i], PackageDeclaration.InputName(description, i), all);
        }

        return all;
    }

    /// <summary>Sizes of the outputs by id.</summary>
    public static IReadOnlyDictionary<string, long[]> Outputs(PackageDescription description, IReadOnlyDictionary<string, long[]> inputs)
    {
        var first = inputs[description.Inputs[0].Id];
        return description.Outputs.ToDictionary(output => output.Id, output => TensorLayout.All.Select(kind => output.Axis(kind) switch
        {
            null => description.Inputs[0].Has(kind) ? 1 : first[(int)kind],
            _ when !description.Inputs[0].Has(kind) && kind != AxisKind.Channel => first[(int)kind],
            { Size: AxisSize.Reference reference } => Referenced(description, reference, inputs),
            { Size: AxisSize.Fixed one } when IsImageAxis(kind) && description.Inputs[0].Axis(kind)?.Size is AxisSize.Fixed same && same.Length == one.Length => first[(int)kind],
            { Size: AxisSize.Fixed one } => one.Length,
            _ => first[(int)kind],
        }).ToArray());
    }

    /// <summary>True where inputs may be cut into blocks: all tensors are as large as the first one.</summary>
    public static bool AreBlocks(PackageDescription description, IReadOnlyDictionary<string, long[]> inputs, IReadOnlyDictionary<string, long[]> outputs)
    {
        var first = inputs[description.Inputs[0].Id];
        return !description.Inputs[0].Has(AxisKind.Time)
            && inputs.Values.Concat(outputs.Values).All(sizes => sizes.Skip(2).SequenceEqual(first.Skip(2)));
    }

    /// <summary>Voxel size of a result that covers what the image covers.</summary>
    public static Calibration Calibration(VolumeInfo image, long[] sizes, VolumeShape result)
    {
        var calibration = image.Calibration;
        return sizes[3] == result.Height && sizes[4] == result.Width && sizes[2] == result.Depth ? calibration : calibration with
        {
            VoxelWidth = calibration.VoxelWidth * sizes[4] / result.Width,
            VoxelHeight = calibration.VoxelHeight * sizes[3] / result.Height,
            VoxelDepth = calibration.VoxelDepth * sizes[2] / result.Depth,
        };
    }

    private static bool IsImageAxis(AxisKind kind) => kind is AxisKind.Z or AxisKind.Y or AxisKind.X;

    private static long Referenced(PackageDescription description, AxisSize.Reference reference, IReadOnlyDictionary<string, long[]> inputs)
    {
        // Outputs may refer to each other, but not in turns: the reader has seen to that.
        if (inputs.TryGetValue(reference.Tensor, out var sizes))
        {
            var kind = description.Inputs.First(input => input.Id == reference.Tensor).Axes.First(axis => axis.Id == reference.Axis).Kind;
            return Math.Max(1, (long)Math.Round((sizes[(int)kind] * reference.Factor) + reference.Offset));
        }

        var size = description.Outputs.First(output => output.Id == reference.Tensor).Axes.First(axis => axis.Id == reference.Axis).Size;
        return size is AxisSize.Fixed one ? Math.Max(1, (long)Math.Round((one.Length * reference.Factor) + reference.Offset)) : 1;
    }

    private static void CheckChannels(TensorDescription input, string name, int channels)
    {
        if (input.Has(AxisKind.Channel) && input.Channels is { } wanted && channels != wanted)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, $"{name}.size_c",
                $"{name} has {channels} channels; accepted by the package: {wanted}.");
        }
    }

    private static void CheckTime(TensorDescription input, string name, int frames)
    {
        switch (input.Axis(AxisKind.Time)?.Size)
        {
            case AxisSize.Fixed one:
                Require(frames == one.Length, name, AxisKind.Time, frames, $"{one.Length}");
                break;
            case AxisSize.Stepped stepped:
                Require(frames >= stepped.Minimum && (frames - stepped.Minimum) % stepped.Step == 0, name, AxisKind.Time, frames, $"{stepped.Minimum} + n × {stepped.Step}");
                break;
        }
    }

    // Blocks are cut from the first input's axes; what is cut along with them has to have its sizes.
    private static void CheckOther(PackageDescription description, TensorDescription input, string name, Dictionary<string, long[]> all)
    {
        foreach (var axis in input.Axes.Where(axis => IsImageAxis(axis.Kind)))
        {
            var (size, first) = (all[input.Id][(int)axis.Kind], all[description.Inputs[0].Id][(int)axis.Kind]);
            if (axis.Size is AxisSize.Reference reference)
            {
                var wanted = Referenced(description, reference, all);
                Require(size == wanted, name, axis.Kind, size, $"{wanted}");
            }
            else if (description.Inputs[0].Axis(axis.Kind)?.Size is { } same && same == axis.Size)
            {
                Require(size == first, name, axis.Kind, size, $"{first}, as the image has");
            }
            else if (axis.Size is AxisSize.Fixed one)
            {
                Require(size == one.Length, name, axis.Kind, size, $"{one.Length}");
            }
            else if (axis.Size is AxisSize.Stepped stepped)
            {
                Require(size >= stepped.Minimum && (size - stepped.Minimum) % stepped.Step == 0, name, axis.Kind, size, $"{stepped.Minimum} + n × {stepped.Step}");
            }
        }
    }

    private static void Require(bool holds, string name, AxisKind kind, long size, string accepted)
    {
        if (!holds)
        {
            var field = $"{name}.size_{(kind == AxisKind.Time ? "t" : kind == AxisKind.Channel ? "c" : kind.ToString().ToLowerInvariant())}";
            throw new InferenceException(InferenceError.ShapeMismatch, field, $"{field} is {size}; accepted by the package: {accepted}.");
        }
    }
}
