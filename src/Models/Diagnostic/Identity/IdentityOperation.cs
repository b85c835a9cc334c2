namespace InferenceBridge.Models;

/// <summary>Gives every pixel back as it came: measures transport and checks a set-up without any computation.</summary>
internal sealed class IdentityOperation : IPlaneOperation, IFrameOperation
{
    public OperationDeclaration Declaration { get; } = new("diagnostic/identity", "1.0", "Give the image back unchanged")
    {
        Description = "Returns every pixel bit for bit, NaN and infinity included. It needs no device: use it to measure the "
            + "transport and to check that a client and a server understand each other.",
        RequiresFiniteImage = false,
    };

    public void Process(ReadOnlySpan<byte> plane, Span<byte> result, ParameterSet parameters) => plane.CopyTo(result);

    public FrameJobPlan Plan(FrameJobRequest request) => new(request.Frame.Shape);

    public IFrameJob Start(FrameJobContext context) => new IdentityFrameJob(context);
}
