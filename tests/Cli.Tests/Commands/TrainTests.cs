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
}
