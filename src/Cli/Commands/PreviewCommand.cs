using System.CommandLine;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>ib preview: a PNG of one file's projections, or of several files side by side.</summary>
internal static class PreviewCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "TIFF to show." };
        var output = new Argument<string>("OUTPUT.png") { Description = "PNG to write; one of the same name is replaced." };
        var beside = new Option<string[]>("--beside")
        {
            Description = "Another TIFF to show to the right, as for before and after; may be repeated.", HelpName = "FILE",
        };
        var caption = new Option<string[]>("--caption")
        {
            Description = "Caption of the first file, then of each --beside; may be repeated. Default: the files' names.", HelpName = "TEXT",
        };
        var frame = new Option<int>("--frame") { Description = "Time point to show, from 0.", HelpName = "NUMBER" };
        var command = new Command("preview",
            "Draw a file's maximum projections in z, y and x as a PNG, contrast-stretched; or several files side by side.")
        {
            file, output, beside, caption, frame,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var target = parsed.GetRequiredValue(output);
            CheckTarget(target);
            string[] files = [parsed.GetRequiredValue(file), .. parsed.GetValue(beside) ?? []];
            var captions = parsed.GetValue(caption) ?? [];
            if (captions.Length > files.Length)
            {
                throw new InferenceException(InferenceError.UsageInvalid, "caption",
                    $"--caption is given {captions.Length} times for {files.Length} files; accepted: at most once a file.");
            }

            var options = new PictureOptions { Frame = parsed.GetValue(frame) };
            PngWriter.Write(target, Draw(files, captions, options, cancellation));
            parsed.InvocationConfiguration.Output.WriteLine(target);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Picture Draw(string[] files, string[] captions, PictureOptions options, CancellationToken cancellation)
    {
        var volumes = new List<IVolumeReader>();
        try
        {
            foreach (var path in files)
            {
                volumes.Add(VolumeFile.OpenRead(path));
            }

            if (files.Length == 1 && captions.Length == 0)
            {
                return ProjectionPicture.Create(volumes[0], options, cancellation);
            }

            var panels = volumes.Select((volume, i) =>
                new PicturePanel(volume, i < captions.Length ? captions[i] : Path.GetFileNameWithoutExtension(files[i])));
            return BeforeAfterPicture.Create([.. panels], options, cancellation);
        }
        finally
        {
            volumes.ForEach(volume => volume.Dispose());
        }
    }

    /// <summary>Refuses the name of a picture that cannot be written.</summary>
    public static void CheckTarget(string path)
    {
        if (!path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw new InferenceException(InferenceError.UsageInvalid, "output",
                $"Output {path} does not end in .png; accepted: the name of a PNG file.");
        }

        OutputFile.CheckWritable(path);
    }
}
