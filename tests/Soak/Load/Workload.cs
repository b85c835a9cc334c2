namespace InferenceBridge.Soak.Load;

/// <summary>Small jobs of every kind: bytes, 2-D, 3-D, spooled, whole stacks with an auxiliary volume.</summary>
internal sealed class Workload
{
    private readonly SoakJob[] _jobs =
    [
        new("identity", Noise(new VolumeShape(2, 1, 8, 256, 256), PixelType.UInt16), new RunRequest("diagnostic/identity")),
        new("gaussian 2-D", Noise(new VolumeShape(24, 256, 256), PixelType.UInt16), new RunRequest("denoise/gaussian")),
        new("gaussian 3-D", Noise(new VolumeShape(12, 96, 128), PixelType.Float32), new RunRequest("denoise/gaussian")
        {
            Parameters = new Dictionary<string, ParameterValue> { ["sigma_z"] = 1.0 },
        }),
        new("median", Noise(new VolumeShape(6, 96, 96), PixelType.UInt8), new RunRequest("denoise/median")),
        new("nlm", Noise(new VolumeShape(8, 128, 128), PixelType.UInt16), new RunRequest("denoise/nlm")),
        new("richardson-lucy", Noise(new VolumeShape(12, 48, 48), PixelType.Float32), new RunRequest("deconvolve/richardson-lucy")
        {
            Parameters = new Dictionary<string, ParameterValue> { ["iterations"] = 5L },
            Auxiliaries = new Dictionary<string, IVolumeReader> { ["psf"] = Psf() },
        }),
    ];

    public IReadOnlyList<SoakJob> Jobs => _jobs;

    /// <summary>The job whose first result comes only after its whole upload, since it is spooled.</summary>
    public SoakJob Spooled => _jobs.Single(job => job.Name == "nlm");

    public SoakJob Any(Random random) => _jobs[random.Next(_jobs.Length)];

    private static MemoryVolume Noise(VolumeShape shape, PixelType type)
    {
        var random = new Random(7);
        var volume = new MemoryVolume(new VolumeInfo(shape, type));
        var values = new float[shape.PlaneElementCount];
        for (long plane = 0; plane < shape.PlaneCount; plane++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = random.Next(200);
            }

            PixelConverter.FromSingle(values, type, volume.Plane(plane).Span);
        }

        return volume;
    }

    private static MemoryVolume Psf()
    {
        var values = new float[5 * 5 * 5];
        Array.Fill(values, 1f / values.Length);
        return MemoryVolume.FromSingles(values, new VolumeShape(5, 5, 5));
    }
}
