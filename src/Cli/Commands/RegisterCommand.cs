using System.CommandLine;

namespace InferenceBridge.Cli;

/// <summary>ib register: a movie through an operation of the task "register".</summary>
internal static class RegisterCommand
{
    private const string Task = "register";

    public static Command Create()
    {
        var options = new RunOptions();
        var name = new Option<string>("--model")
        {
            Description = $"Which operation of the task: NAME stands for {Task}/NAME.", HelpName = "NAME", DefaultValueFactory = _ => "rigid",
        };
        var shifts = new Option<string?>("--shifts") { Description = "CSV for what was found for each frame: shifts in px, correlation with the mean before and after.", HelpName = "FILE" };
        var fields = new Option<string?>("--fields") { Description = "TIFF for the displacement field of every frame: float32, in px, channels y and x (z first where stacks move along it).", HelpName = "FILE" };
        var report = new Option<string?>("--report")
        {
            Description = "A picture of what was done, as PNG: the mean before and after, shifts and correlation over the frames.", HelpName = "FILE",
        };
        var command = new Command(Task, "Undo the motion of a movie's frames: a shortcut of 'run register/MODEL'.") { name, shifts, fields, report };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var job = options.Read(parsed, $"{Task}/{parsed.GetRequiredValue(name)}") with
            {
                Shifts = parsed.GetValue(shifts), Fields = parsed.GetValue(fields), SlicesAreFrames = true,
            };
            if (parsed.GetValue(report) is not { } path)
            {
                return RunCommand.RunAsync(parsed, options, job, cancellation);
            }

            ReportFile.Check(path, job);
            var picture = new RegistrationPicture(path);
            job = job with { OnFrame = picture.Add };
            return RunCommand.RunAsync(parsed, options, job, cancellation, summary => picture.Write(job, summary, cancellation));
        });
        return command;
    }
}
