using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public class TrainTests
{
    private static readonly string[] Short =
        ["train", "denoise", "--mode", "simulated", "--steps", "2", "--batch", "2", "--crop", "32", "--phantoms", "4", "--validations", "1", "--device", "cpu"];

    [Fact]
    public async Task Denoise_TeacherAndStudent_GivePackagesThatPassTheirChecks()
    {
        using var folder = new TestFolder();
        var (teacher, student) = (folder["teacher"], folder["student"]);
        var report = await Tool.RunAsync([.. Short, "--out", teacher, "--json"]);
        Assert.Contains("\"steps\": 2", report.Output, StringComparison.Ordinal);
        await Tool.RunAsync([.. Short, "--out", student, "--teacher", teacher, "--distill-weight", "2", "--operation", "denoise/student"]);

        var check = await Tool.RunJsonAsync("package", "check", student);
        Assert.True(check.GetProperty("passed").GetBoolean());
        Assert.Contains("distilled from teacher", check.GetProperty("provenance").GetProperty("training_data").GetString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(student + "-training", "curve.png")));
    }

    [Fact]
    public async Task Denoise_TeacherThatIsNone_IsRefusedByName()
    {
        using var folder = new TestFolder();
        Assert.Contains("teacher", await Tool.RefuseAsync(2, [.. Short, "--out", folder["x"], "--teacher", folder["none"]]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registration_FewSteps_GivesAPackageThatRegisters()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["data"]);
        for (var i = 0; i < 3; i++)
        {
            // Beside a sample come its truth and others.
            await Tool.RunAsync("sample", "cells", folder[$"{i}.tif"], "--size", "1x96x96", "--seed", $"{i + 1}");
            File.Copy(folder[$"{i}.tif"], Path.Combine(folder["data"], $"{i}.tif"));
        }

        string[] train =
        [
            "train", "registration", "--data", folder["data"], "--steps", "1", "--batch", "1", "--crop", "64", "--validations", "1", "--device", "cpu",
            "--out", folder["flow"], "--operation", "register/mine",
        ];
        Assert.Contains("\"steps\": 1", (await Tool.RunAsync([.. train, "--json"])).Output, StringComparison.Ordinal);
        var check = await Tool.RunJsonAsync("package", "check", folder["flow"]);
        Assert.True(check.GetProperty("passed").GetBoolean());
        Assert.Equal("register/mine", check.GetProperty("operation").GetString());
        Assert.True(check.GetProperty("is_of_frames").GetBoolean());
        Assert.Contains("self-loss", await Tool.RefuseAsync(2, [.. train, "--self-loss", "epe"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Autofocus_SharpImagesThenAStack_GivesPackagesOfFrames()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["data"]);
        for (var i = 0; i < 3; i++)
        {
            await Tool.RunAsync("sample", "cells", folder[$"{i}.tif"], "--size", "1x160x160", "--seed", $"{i + 1}");
            File.Copy(folder[$"{i}.tif"], Path.Combine(folder["data"], $"{i}.tif"));
        }

        string[] brief = ["--steps", "1", "--batch", "8", "--crop", "128", "--validations", "1", "--validation-frames", "8", "--rendered-share", "1", "--rendered-frames", "8", "--phantoms", "1", "--device", "cpu"];
        string[] train = ["train", "autofocus", "--data", folder["data"], .. brief, "--out", folder["mine"], "--operation", "autofocus/mine"];
        Assert.Contains("\"steps\": 1", (await Tool.RunAsync([.. train, "--json"])).Output, StringComparison.Ordinal);
        var check = await Tool.RunJsonAsync("package", "check", folder["mine"]);
        Assert.True(check.GetProperty("passed").GetBoolean());
        Assert.Equal("autofocus/mine", check.GetProperty("operation").GetString());
        Assert.True(check.GetProperty("is_of_frames").GetBoolean());

        await Tool.RunAsync("sample", "cells", folder["stack.tif"], "--size", "9x288x160");
        string[] tune =
        [
            "train", "autofocus", "--data", folder["stack.tif"], "--z-step", "0.5", "--focus-plane", "4", "--na", "0.8", "--wavelength", "550", "--index", "1", .. brief,
            "--start", folder["mine"], "--out", folder["tuned"],
        ];
        var tuned = await Tool.RunAsync(tune);
        Assert.Contains("9 planes of 288×160, in focus at plane 4.0", tuned.Error, StringComparison.Ordinal);
        Assert.Contains("50% of the steps learn from simulated frames", tuned.Error, StringComparison.Ordinal);
        Assert.Contains("simulated top1", tuned.Output, StringComparison.Ordinal);
        Assert.True((await Tool.RunJsonAsync("package", "check", folder["tuned"])).GetProperty("passed").GetBoolean());
        Assert.Contains("na is 0", await Tool.RefuseAsync(2, [.. tune.Select(word => word == "0.8" ? "0" : word)]), StringComparison.Ordinal);
    }
}
