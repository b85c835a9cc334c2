using InferenceBridge.Benchmarks.Denoising;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>How near the networks' estimates of the defocus are, on simulated frames of unseen fields and optics and on a real stack.</summary>
internal sealed class AutofocusQualityBenchmark : IBenchmark
{
    private const int Visible = 3000;
    private const int Symmetric = 1200;
    private const int OfOneMicroscope = 400;
    private const int Deep = 400;
    private const int BinnedStructure = 3;
    private const int Side = 512;

    // What the classic networks, which take no optics, were trained for: 20x/0.8 in air, 0.2 waves of aberration.
    private static readonly FocusOptics OneMicroscope = new()
    {
        NumericalAperture = 0.8, WavelengthNm = 525, ImmersionIndex = 1, PixelMicrometres = 0.325, SphericalWaves = 0.2,
    };

    // From here on the search follows an estimate, unless it is told otherwise.
    private const double Confident = 0.3;

    // From here on 10 µm blurs a point over half of the frame.
    private const double HighAperture = 1.2;

    // Where a point covers more of a frame's side, the frame does not show the blur as a whole.
    private const double LargestBlur = 0.5;
    private const string LimitVariable = "INFERENCEBRIDGE_IMAGES";
    private const string PicturesVariable = "INFERENCEBRIDGE_PICTURES";

    public string Name => "autofocus-quality";

    public string Summary => "defocus of single frames by the networks: W2S fields 049-060 with unseen optics, over noise, aperture and structure; a real focal stack";

    public IReadOnlyList<string> Packages => [];

    public Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        var data = Environment.GetEnvironmentVariable("INFERENCEBRIDGE_DATA") is { Length: > 0 } named ? named : "../shared/data";
        var limit = int.TryParse(Environment.GetEnvironmentVariable(LimitVariable), out var most) ? most : int.MaxValue;
        var catalog = DenoisingMethod.Catalog(ServerProcess.RepositoryRoot, log);
        var operations = catalog.Operations.OfType<IFrameOperation>().Where(operation => operation.Declaration.Parameters.Any(parameter => parameter.Name == "tile")
            && operation.Declaration.Id.StartsWith("autofocus/", StringComparison.Ordinal)).ToArray();
        if (operations.Length == 0)
        {
            throw new InvalidOperationException("No network of autofocus is there; accepted: a package in models or in INFERENCEBRIDGE__MODELSFOLDER.");
        }

        var images = Images(Path.Combine(data, "denoise", "w2s", "clean"));
        log($"{images.Count} images; rendering");
        var visible = Cases(images, Math.Min(Visible, limit), symmetric: false, cancellation);
        var symmetric = Cases(images, Math.Min(Symmetric, limit), symmetric: true, cancellation);
        var deep = new FocusCase[Math.Min(Deep, limit)];
        Parallel.For(0, deep.Length, new ParallelOptions { CancellationToken = cancellation }, i => deep[i] = FocusCase.CreateDeep(images, i));
        var one = new FocusCase[Math.Min(OfOneMicroscope, limit)];
        Parallel.For(0, one.Length, new ParallelOptions { CancellationToken = cancellation }, i => one[i] = FocusCase.Create(images, i, OneMicroscope));
        var figures = new List<Figure>();
        foreach (var operation in operations)
        {
            var name = Key(operation);
            log(operation.Declaration.Id);
            FocusScore.Signed(figures, $"{name}_one_microscope", Ask(operation, one, cancellation));
            if (!TakesOptics(operation))
            {
                continue;
            }

            var answers = Ask(operation, visible, cancellation);
            Tables(figures, name, answers);
            FocusScore.Distance(figures, $"{name}_symmetric", Ask(operation, symmetric, cancellation));
            FocusScore.Distance(figures, $"{name}_symmetric_usual", [.. Ask(operation, symmetric, cancellation).Where(a => IsUsual(a.Case))]);
            var ofDeep = Ask(operation, deep, cancellation).Where(a => a.Case.Aberration >= 0.1).ToArray();
            FocusScore.Signed(figures, $"{name}_deep", ofDeep);
            FocusScore.Signed(figures, $"{name}_deep_usual", [.. ofDeep.Where(a => IsUsual(a.Case))]);
            MitochondriaStack.Measure(Path.Combine(data, "autofocus", "mitochondria"), operation, name, figures, log);
            if (Environment.GetEnvironmentVariable(PicturesVariable) is { Length: > 0 } folder)
            {
                var all = answers.Where(a => a.Case.Aberration >= 0.1).Select(a => (Number(a.Case.Defocus), Number(a.Answer.Likely)));
                PngWriter.Write(Path.Combine(Directory.CreateDirectory(folder).FullName, $"confusion-{name}.png"), ConfusionPicture.Create(41, all));
            }
        }

        return Task.FromResult(new BenchmarkResult(figures, [.. operations.Where(TakesOptics).SelectMany(Targets)]) { Versions = Versions.With(), Notes = Notes });
    }

    private static IEnumerable<Target> Targets(IFrameOperation operation)
    {
        var name = Key(operation);
        return [new($"{name}_usual_top1", AtLeast: 0.6), new($"{name}_usual_mae_um", AtMost: 0.5), new($"{name}_usual_within_1_5_um", AtLeast: 0.95),
            new($"{name}_symmetric_usual_top1", AtLeast: 0.6), new($"{name}_symmetric_usual_mae_um", AtMost: 0.5), new($"{name}_symmetric_usual_within_1_5_um", AtLeast: 0.95)];
    }

    private static string Key(IFrameOperation operation) => operation.Declaration.Id["autofocus/".Length..].Replace('-', '_');

    private static bool TakesOptics(IFrameOperation operation) => operation.Declaration.Parameters.Any(parameter => parameter.Name == "wavelength")
        && operation.Declaration.Parameters.Any(parameter => parameter.Name == "spherical");

    private static int Number(double defocus) => (int)((FocusScore.Class(defocus) + 10) * 2);

    private static bool IsUsual(FocusCase frame) => frame.Told.NumericalAperture >= 0.6 && frame.Photons >= 100;

    // As they are, structures 0 to 2 by channel; and four fields side by side, binned 2x2, structures 3 to 5.
    private static List<(int, SharpPlane)> Images(string folder)
    {
        var fields = Enumerable.Range(0, 3).Select(channel => Enumerable.Range(49, 12).Select(field => Light(Path.Combine(folder, $"{field:000}_{channel}.tif"))).ToArray()).ToArray();
        return
        [
            .. fields.SelectMany((channel, number) => channel.Select(light => (number, Plane(number, light)))),
            .. fields.SelectMany((channel, number) => channel.Chunk(4).Select(four => (number + 3, Plane(number, Binned(four))))),
        ];
        static SharpPlane Plane(int channel, float[] light) => new($"channel {channel}", Side, Side, light);
    }

    private static float[] Light(string path)
    {
        using var plane = DenoisingSet.Plane(path);
        var values = plane.ToSingles();
        var dark = values.Order().ElementAt(values.Length / 1000);
        var mean = values.Average(value => Math.Max(0, value - dark));
        return Array.ConvertAll(values, value => Math.Max(0, value - dark) / mean);
    }

    private static float[] Binned(float[][] four)
    {
        const int side = Side, half = side / 2;
        var mosaic = new float[side * side];
        for (var i = 0; i < mosaic.Length; i++)
        {
            var (row, column) = (i / side, i % side);
            var (source, at) = (four[(row / half * 2) + (column / half)], (row % half * 2 * side) + (column % half * 2));
            mosaic[i] = (source[at] + source[at + 1] + source[at + side] + source[at + side + 1]) / 4;
        }

        return mosaic;
    }

    private static FocusCase[] Cases(IReadOnlyList<(int, SharpPlane)> images, int count, bool symmetric, CancellationToken cancellation)
    {
        var cases = new FocusCase[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, i => cases[i] = FocusCase.Create(images, i, symmetric));
        return cases;
    }

    private static (FocusCase Case, FocusAnswer Answer)[] Ask(IFrameOperation operation, FocusCase[] cases, CancellationToken cancellation)
    {
        var answers = new (FocusCase, FocusAnswer)[cases.Length];
        Parallel.For(0, cases.Length, new ParallelOptions { CancellationToken = cancellation },
            i => answers[i] = (cases[i], FocusAnswer.Of(operation, cases[i].Told, [cases[i].Frame])[0]));
        return answers;
    }

    private static void Tables(List<Figure> figures, string name, (FocusCase Case, FocusAnswer Answer)[] answers)
    {
        FocusScore.Signed(figures, $"{name}_all", answers);
        var seen = answers.Where(a => a.Case.Aberration >= 0.1).ToArray();
        FocusScore.Signed(figures, $"{name}_sign_visible", seen);
        FocusScore.Signed(figures, $"{name}_usual", [.. seen.Where(a => IsUsual(a.Case))]);
        FocusScore.Signed(figures, $"{name}_usual_confident", [.. seen.Where(a => IsUsual(a.Case) && a.Answer is { SignKnown: true, OutOfRange: false, Confidence: >= Confident })]);
        FocusScore.Signed(figures, $"{name}_usual_sign_told", [.. seen.Where(a => IsUsual(a.Case) && a.Answer.SignKnown)]);
        FocusScore.Distance(figures, $"{name}_usual_sign_open", [.. seen.Where(a => IsUsual(a.Case) && !a.Answer.SignKnown)]);
        FocusScore.Signed(figures, $"{name}_usual_below_na_1_2", [.. seen.Where(a => IsUsual(a.Case) && a.Case.Told.NumericalAperture < HighAperture)]);
        FocusScore.Signed(figures, $"{name}_usual_blur_within", [.. seen.Where(a => IsUsual(a.Case) && a.Case.Blur <= LargestBlur)]);
        FocusScore.Signed(figures, $"{name}_usual_blur_beyond", [.. seen.Where(a => IsUsual(a.Case) && a.Case.Blur > LargestBlur)]);
        FocusScore.Signed(figures, $"{name}_usual_binned", [.. seen.Where(a => IsUsual(a.Case) && a.Case.Structure >= BinnedStructure)]);
        void Table(string of, double[] borders, Func<FocusCase, double> value)
        {
            foreach (var (from, to) in borders.Zip(borders.Skip(1)))
            {
                var part = seen.Where(a => value(a.Case) >= from && value(a.Case) < to).ToArray();
                FocusScore.Signed(figures, FormattableString.Invariant($"{name}_{of}_{from:0.##}").Replace('.', '_'), part);
            }
        }

        Table("photons", [30, 100, 300, 1000, 3000], frame => frame.Photons);
        Table("na", [0.4, 0.6, 0.8, 1, 1.2, 1.5], frame => frame.Told.NumericalAperture);
        Table("structure", [0, 1, 2, 3, 4, 5, 6], frame => frame.Structure);
        Table("defocus", [0, 1, 3, 6, 11], frame => Math.Abs(frame.Defocus));
        FocusScore.Signed(figures, $"{name}_aberration_0_05", [.. answers.Where(a => a.Case.Aberration < 0.1)]);
        Table("aberration", [0.1, 0.2, 0.5], frame => frame.Aberration);
    }

    private static readonly string[] Notes =
    [
        "Frames: W2S clean fields 049-060, three channels, taken for sharp as they are (structures 0 to 2), though their own microscope blurs them over some pixels, and binned 2x2, four side by side (3 to 5); blurred by a random microscope (apertures 0.4 to 1.45, 480 to 700 nm, air, water, oil; spherical "
            + "aberration of 0.05 to 0.5 waves, stated or by a sample of another index), light from beyond the frame's edges, where parts of other images lie; 30 % with a second plane, half with background up to three times the light, 30 % with vignetting; 30 to 3000 photons in a pixel "
            + "of mean light, read noise of 1 to 4 electrons. The operation is told aperture and wavelength with 1 % error, the aberration with 10 %.",
        "sign_visible: aberration of 0.1 waves and more; the tables over photons, na, structure and defocus are of these. usual: of these, apertures of 0.6 and more, 100 photons and more. symmetric: no aberration; judged by distance alone. one_microscope: 20x/0.8 in air, 525 nm, pixels of 0.325 µm, 0.2 waves, all photons: the classic networks, which take no optics, are asked of these alone. deep: frames with a visible sign of samples with 2 to 5 further planes up to 1 to 6 µm away, of 0.1 to 0.9 of the light of the one in focus each; deep_usual: the usual ones of these. usual_blur_within, usual_blur_beyond: those of usual in which the cone of light from a point at the defocus covers at most, or more than, half of the frame's side. usual_sign_told, usual_sign_open: those of usual whose answer tells the side, and the others, which are judged by distance alone. usual_below_na_1_2: those of usual below that aperture. usual_confident: those of usual with a sign, not out of range, confidence of 0.3 and more.",
        "Mitochondria: the optics are not stated; assumed are an aperture of 1.45 in oil, 590 nm, pixels of 65 nm and no aberration. best: stated defocus of the plane that the network calls nearest to focus; focus: where all planes together put it, by their median; "
            + "rank correlation: Spearman's between stated and estimated distance on each side.",
    ];
}
