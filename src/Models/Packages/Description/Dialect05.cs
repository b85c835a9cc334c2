namespace InferenceBridge.Models.Packages;

/// <summary>Format 0.5: axes with names of their own, sizes per axis.</summary>
internal sealed class Dialect05 : IDialect
{
    public TensorDescription Input(YamlField root, YamlField field, int index) => Tensor(root, field, field["preprocessing"]);

    public TensorDescription Output(YamlField root, YamlField field, int index) => Tensor(root, field, field["postprocessing"]);

    private static TensorDescription Tensor(YamlField root, YamlField field, YamlField steps)
    {
        var axes = field["axes"].Require("a list of axes").Items.Select(axis => Axis(root, axis)).ToArray();
        var test = field["test_tensor"];
        return new TensorDescription(field["id"].RequireText(), axes)
        {
            Summary = field["description"].Text ?? "",
            IsOptional = field["optional"].Boolean(false),
            Steps = [.. steps.Items.Select(step => StepReader05.Read(step, axes))],
            TestTensor = test.IsMissing ? null : FileReader.Read(test["source"], test["sha256"]),
            Path = field.Path,
        };
    }

    private static AxisDescription Axis(YamlField root, YamlField field)
    {
        var type = field["type"].RequireText();
        var id = field["id"].Text ?? (type == "space" ? "x" : type);
        var kind = type switch
        {
            "batch" => AxisKind.Batch,
            "channel" => AxisKind.Channel,
            "time" => AxisKind.Time,
            "space" => Space(field, id),
            "index" => throw field["type"].Refuse("is index: tables are not images; accepted: batch, channel, time, space."),
            _ => throw field["type"].Fault("batch, channel, time, space"),
        };
        var size = kind switch
        {
            AxisKind.Batch => field["size"].IsMissing ? new AxisSize.Stepped(1, 1) : Size(root, field, field["size"]),
            AxisKind.Channel when field["size"].IsMissing => new AxisSize.Fixed(Channels(field["channel_names"])),
            _ => Size(root, field, field["size"]),
        };
        return new AxisDescription(id, kind, size) { Halo = field["halo"].Integer(0) ?? 0 };
    }

    private static AxisKind Space(YamlField field, string id) => id switch
    {
        "x" => AxisKind.X,
        "y" => AxisKind.Y,
        "z" => AxisKind.Z,
        _ => throw field["id"].Fault("x, y or z for an axis of space"),
    };

    private static int Channels(YamlField names) =>
        names.Items.Count > 0 ? names.Items.Count : throw names.Fault("the names of the channels");

    private static AxisSize Size(YamlField root, YamlField axis, YamlField size)
    {
        if (size.IsText)
        {
            return new AxisSize.Fixed(size.Integer(1)!.Value);
        }

        if (!size.Require("a number, a min and a step, or a reference").IsMap)
        {
            throw size.Fault("a number, a min and a step, or a reference");
        }

        if (!size["axis_id"].IsMissing)
        {
            var (tensor, other) = (size["tensor_id"].RequireText(), size["axis_id"].RequireText());
            return new AxisSize.Reference(tensor, other, Scale(Referenced(root, tensor, other)) / Scale(axis), size["offset"].Integer(-65536, 65536) ?? 0);
        }

        if (size["step"].IsMissing)
        {
            throw size.Refuse("depends on the data (min and max); accepted: a number, a min and a step, or a reference.");
        }

        return new AxisSize.Stepped(size["min"].Require("a whole number from 1").Integer(1)!.Value, size["step"].Integer(1)!.Value);
    }

    private static YamlField? Referenced(YamlField root, string tensor, string axis) => root["inputs"].Items.Concat(root["outputs"].Items)
        .Where(field => field["id"].Text == tensor).SelectMany(field => field["axes"].Items)
        .FirstOrDefault(field => (field["id"].Text ?? (field["type"].Text == "space" ? "x" : field["type"].Text)) == axis);

    private static double Scale(YamlField? axis)
    {
        var scale = axis?["scale"].Number() ?? 1;
        return scale > 0 ? scale : throw axis!["scale"].Fault("a number above 0");
    }
}
