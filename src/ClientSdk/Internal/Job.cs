using InferenceBridge.Imaging;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>A checked job: everything that an attempt needs.</summary>
internal sealed class Job
{
    private const string ImageName = "image";

    public Job(IVolumeReader image, Func<VolumeInfo, IVolumeWriter> createResult, RunRequest request, IProgress<RunProgress>? progress)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(createResult);
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        Image = image;
        CreateResult = createResult;
        Request = request;
        Progress = progress;

        // Auxiliary volumes travel first: the server needs a PSF before it can compute the first plane.
        var auxiliaries = request.Auxiliaries.Select(pair => new JobInput(pair.Key, pair.Value)).ToList();
        Uploads = [.. auxiliaries, new JobInput(ImageName, image)];
        foreach (var input in Uploads)
        {
            input.Reader.Info.Shape.Validate(input.Name);
        }

        Declaration = Declare(auxiliaries);
    }

    public IVolumeReader Image { get; }

    public Func<VolumeInfo, IVolumeWriter> CreateResult { get; }

    public RunRequest Request { get; }

    public IProgress<RunProgress>? Progress { get; }

    /// <summary>All inputs in the order in which they are sent.</summary>
    public IReadOnlyList<JobInput> Uploads { get; }

    public Proto.Declaration Declaration { get; }

    public long PlanesToSend => Uploads.Sum(input => input.Reader.Info.Shape.PlaneCount);

    private static void Check(RunRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Operation))
        {
            throw Refusal("operation", "The operation is empty; accepted: an id such as \"denoise/nlm\".");
        }

        if (request.Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout.TotalMilliseconds > uint.MaxValue - 1))
        {
            throw Refusal("timeout", $"The timeout is {timeout}; accepted: more than 0, up to 49 days, or null for none.");
        }

        if (request.SideOutputs.Any(side => side.Key.Length == 0 || side.Value is null))
        {
            throw Refusal("side_outputs", "A side output has no name or no writer; accepted: names such as \"displacement\", each with what makes its writer.");
        }

        if (request.Auxiliaries.ContainsKey(ImageName))
        {
            throw Refusal("auxiliaries", $"An auxiliary volume is named \"{ImageName}\", which is the image's own name; "
                + "accepted: the name of an auxiliary input, such as \"psf\".");
        }
    }

    private Proto.Declaration Declare(List<JobInput> auxiliaries)
    {
        var declaration = new Proto.Declaration { Operation = Request.Operation };
        foreach (var (name, value) in Request.Parameters)
        {
            declaration.Parameters.Add(name, ValueMapper.ToProto(value));
        }

        declaration.Inputs.Add(new Proto.InputDeclaration
        {
            Name = ImageName,
            Volume = VolumeMapper.ToProto(Image.Info),
            Statistics = Request.Statistics is null ? null : VolumeMapper.ToProto(Request.Statistics),
        });
        foreach (var auxiliary in auxiliaries)
        {
            declaration.Inputs.Add(new Proto.InputDeclaration
            {
                Name = auxiliary.Name,
                Volume = VolumeMapper.ToProto(auxiliary.Reader.Info),
            });
        }

        declaration.SideOutputs.Add(Request.SideOutputs.Keys);
        declaration.FrameNumbers = Request.FrameNumbers is not null;
        if (Request.OutputPixelType is { } type)
        {
            declaration.OutputPixelType = VolumeMapper.ToProto(type);
        }

        return declaration;
    }

    private static InferenceException Refusal(string field, string message) => new(InferenceError.UsageInvalid, field, message);
}
