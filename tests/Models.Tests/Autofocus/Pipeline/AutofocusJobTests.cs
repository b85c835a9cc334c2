using System.Runtime.InteropServices;
using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

public class AutofocusJobTests
{
    private static readonly VolumeInfo Frame = new(new VolumeShape(1, 2, 1, 3, 5), PixelType.UInt16);

    [Fact]
    public void Plan_Frame_HasTheMapsShapeAndNotTheFrames()
    {
        Assert.Equal(new VolumeShape(1, 2, 1, 1, 1), new MeanOperation().Plan(Request()).Result);
    }

    [Fact]
    public void Plan_SlicesOrAChannelThatIsNotThere_IsRefused()
    {
        var slices = Assert.Throws<InferenceException>(() => new MeanOperation().Plan(Request(Frame with { Shape = Frame.Shape with { Depth = 4 } })));
        var channel = Assert.Throws<InferenceException>(() => new MeanOperation().Plan(Request(("channel", 2L))));

        Assert.Equal((InferenceError.ShapeInvalid, "image.size_z"), (slices.Error, slices.Field));
        Assert.Equal("parameters.channel", channel.Field);
    }

    [Fact]
    public void Process_Score_JudgesTheChannelAndWritesTheMap()
    {
        using var job = Start(Request(("channel", 1L)));
        var task = Task(Enumerable.Range(0, 30).Select(i => (ushort)(i < 15 ? 7 : 100)));

        job.Process([task], TestContext.Current.CancellationToken);

        Assert.Equal([100f, 15f], MemoryMarshal.Cast<byte, float>(task.Result.Span).ToArray());
        Assert.Equal((100.0, 0.0, 0.0), (task.Numbers["score"], task.Numbers["empty"], task.Numbers["saturated_share"]));
        Assert.Equal(3.5, task.Numbers["defocus_um"]);
        Assert.False(task.Numbers.ContainsKey("state"));
        Assert.False(task.Numbers.ContainsKey("not_a_number"));
    }

    [Fact]
    public void Process_SearchWithoutZ_NamesTheFrame()
    {
        using var job = Start(Request(("mode", "search")));

        var error = Assert.Throws<InferenceException>(() => job.Process([Task(new ushort[30])], TestContext.Current.CancellationToken));

        Assert.Equal((InferenceError.InputMissing, "frame.z_um"), (error.Error, error.Field));
        Assert.Contains("Frame 4 has no z_um", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Process_NotFiniteZ_IsRefused()
    {
        using var job = Start(Request(("mode", "search")));

        Assert.Equal("frame.z_um", Assert.Throws<InferenceException>(() => job.Process([Task(new ushort[30]) with { ZMicrometres = double.NaN }], TestContext.Current.CancellationToken)).Field);
    }

    [Fact]
    public void Process_Search_SaysWhereToMove()
    {
        using var job = Start(Request(("mode", "search"), ("largest_step_um", 2.0)));
        var task = Task(Enumerable.Repeat((ushort)9, 30)) with { ZMicrometres = 50 };

        job.Process([task], TestContext.Current.CancellationToken);

        // The estimate is 3.5 µm above focus, and a step has 2.
        Assert.Equal((-2.0, 48.0, 0.0, 1.0), (task.Numbers["move_um"], task.Numbers["target_z_um"], task.Numbers["state"], task.Numbers["frames_used"]));
        Assert.Equal(46.5, task.Numbers["best_z_um"], 1e-9);
        Assert.Equal("searching", job.Details["outcome"]);
    }

    [Fact]
    public void Start_StateOfAnotherModeOrDamaged_IsRefused()
    {
        using var job = Start(Request(("mode", "search")));
        var state = job.ExportState();

        using var resumed = Start(Request(("mode", "search")), state);
        Assert.Equal(state, resumed.ExportState());
        foreach (var bad in new[] { state[..10], [.. state.Select(b => (byte)~b)], [] })
        {
            Assert.Equal("state", Assert.Throws<InferenceException>(() => Start(Request(("mode", "search")), bad)).Field);
        }

        Assert.Equal("state", Assert.Throws<InferenceException>(() => Start(Request(), state)).Field);
    }

    private static IFrameJob Start(FrameJobRequest request, byte[]? state = null)
    {
        var operation = new MeanOperation();
        var result = new VolumeInfo(operation.Plan(request).Result, PixelType.Float32);
        return operation.Start(new FrameJobContext(request, new Dictionary<string, MemoryVolume>(), result, CPU) { State = state is { } bytes ? new ReadOnlyMemory<byte>(bytes) : (ReadOnlyMemory<byte>?)null });
    }

    private static FrameJobRequest Request(params (string Name, object Value)[] parameters) => Request(Frame, parameters);

    private static FrameJobRequest Request(VolumeInfo frame, params (string Name, object Value)[] parameters) => new(
        ParameterSet.Create(new MeanOperation().Declaration.Parameters, parameters.ToDictionary(p => p.Name, p => p.Value)), frame, new Dictionary<string, VolumeInfo>());

    private static FrameTask Task(IEnumerable<ushort> pixels) =>
        new(4, MemoryMarshal.AsBytes<ushort>(pixels.ToArray()).ToArray(), new byte[2 * sizeof(float)]);

    // Takes the mean for the score, and every frame for one that is 3.5 µm above focus.
    private sealed class MeanOperation : AutofocusOperation
    {
        public override OperationDeclaration Declaration { get; } = new("autofocus/mean", "1.0", "Mean")
        {
            ResultPixelType = ResultPixelType.Float32, Parameters = [AutofocusParameters.Channel, .. AutofocusParameters.Loop],
        };

        protected override VolumeShape MapShape(ParameterSet parameters, VolumeInfo frame) => new(1, 2, 1, 1, 1);

        protected override IFocusAssessor CreateAssessor(ParameterSet parameters, VolumeInfo frame, Device device) => new MeanAssessor();
    }

    private sealed class MeanAssessor : IFocusAssessor
    {
        public FocusAssessment Assess(FocusFrame frame, CancellationToken cancellation)
        {
            var mean = frame.Pixels.Average();
            return new FocusAssessment(mean, new DefocusEstimate(3.5, 0.2, 3.5, true, 0.9, false, false, []),
                new Dictionary<string, double> { ["brenner"] = 1, ["not_a_number"] = double.NaN }, new FocusMap(2, 1, 1, [mean, frame.Pixels.Length]));
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
