namespace InferenceBridge.Models.Packages;

/// <summary>Format 0.4: a letter per axis, and sizes as lists beside each other.</summary>
internal sealed class Dialect04 : IDialect
{
    private const string Letters = "btczyx";

    public TensorDescription Input(YamlField root, YamlField field, int index) =>
        Tensor(root, field, field["preprocessing"], root["test_inputs"], index);

    public TensorDescription Output(YamlField root, YamlField field, int index) =>
        Tensor(root, field, field["postprocessing"], root["test_outputs"], index);

    private static TensorDescription Tensor(YamlField root, YamlField field, YamlField steps, YamlField tests, int index)
    {
        var letters = field["axes"].RequireText();
        var unknown = letters.FirstOrDefault(letter => !Letters.Contains(letter, StringComparison.Ordinal));
        if (unknown != default)
        {
            throw field["axes"].Fault($"letters out of {Letters}, since tables (i) are not images");
        }

        var halo = List(field["halo"], letters.Length, 0);
        var axes = letters.Select((letter, i) => new AxisDescription($"{letter}", Kind(letter), Size(root, field["shape"], letters, i))
        {
            Halo = Whole(field["halo"], halo[i], 0),
        }).ToArray();
        var test = index < tests.Items.Count ? tests.Items[index] : null;

        // Networks of this format get what they state, whatever the last step left.
        var type = new EnsureTypeStep(ElementTypes.Read(field["data_type"]));
        return new TensorDescription(field["name"].RequireText(), axes)
        {
            Summary = field["description"].Text ?? "",
            Steps = [.. steps.Items.Select(step => StepReader04.Read(step, axes)), type],
            TestTensor = test is null ? null : Test(test),
            Path = field.Path,
        };
    }

    // A test tensor is a path, or a path with its checksum.
    private static FileReference Test(YamlField test) =>
        test.IsMap ? FileReader.Read(test["source"], test["sha256"]) : FileReader.Read(test, test with { Value = null });

    private static AxisKind Kind(char letter) => letter switch
    {
        'b' => AxisKind.Batch,
        't' => AxisKind.Time,
        'c' => AxisKind.Channel,
        'z' => AxisKind.Z,
        'y' => AxisKind.Y,
        _ => AxisKind.X,
    };

    private static AxisSize Size(YamlField root, YamlField shape, string letters, int axis)
    {
        if (shape.Require("a list of sizes, min and step, or a reference").IsList)
        {
            return new AxisSize.Fixed(Whole(shape, List(shape, letters.Length, null)[axis], 1));
        }

        if (shape["reference_tensor"].IsMissing)
        {
            var minimum = Whole(shape["min"], List(shape["min"].Require("a list of sizes"), letters.Length, null)[axis], 1);
            var step = Whole(shape["step"], List(shape["step"].Require("a list of steps"), letters.Length, null)[axis], 0);
            return step == 0 ? new AxisSize.Fixed(minimum) : new AxisSize.Stepped(minimum, step);
        }

        var factor = List(shape["scale"], letters.Length, 1)[axis];
        var offset = 2 * (List(shape["offset"], letters.Length, 0)[axis] ?? 0);
        return factor is null or 0
            ? new AxisSize.Fixed(Whole(shape["offset"], offset, 1))
            : new AxisSize.Reference(shape["reference_tensor"].RequireText(), $"{Referenced(root, shape, letters, axis)}", factor.Value, offset);
    }

    // Scales run along the output's axes; those without a scale are new and are not among the reference's.
    private static char Referenced(YamlField root, YamlField shape, string letters, int axis)
    {
        var axes = root["inputs"].Items.FirstOrDefault(input => input["name"].Text == shape["reference_tensor"].Text)?["axes"].Text;
        return axes is null || axes.Contains(letters[axis], StringComparison.Ordinal)
            ? letters[axis]
            : throw shape["scale"].Refuse($"gives axis {letters[axis]} a scale, which {shape["reference_tensor"].Text} has not; accepted: null.");
    }

    private static double?[] List(YamlField field, int count, double? otherwise)
    {
        var items = field.Items;
        if (field.IsMissing)
        {
            return [.. Enumerable.Repeat(otherwise, count)];
        }

        return items.Count == count
            ? [.. items.Select(item => item.Number())]
            : throw field.Refuse($"has {items.Count} values; accepted: {count}, one for each axis.");
    }

    private static int Whole(YamlField field, double? value, int minimum) =>
        value is { } number && number == Math.Floor(number) && number >= minimum && number <= int.MaxValue
            ? (int)number
            : throw field.Fault($"whole numbers from {minimum}");
}
