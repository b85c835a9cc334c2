using System.Diagnostics;
using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Faults;

/// <summary>Disks that are full, files that may not grow or may not be read, folders that may not be written to (issue 3).</summary>
public sealed class DiskTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_DiskTooSmallForTheResult_IsRefusedWithBothSizesBeforeAnythingIsWritten()
    {
        // 8 MiB of result for a disk of 2 MiB.
        _folder.WriteStack("in.tif", new VolumeShape(4, 1024, 1024), i => (ushort)i);
        var (code, error, left) = await RunOnSmallDiskAsync("run", "diagnostic/identity", _folder["in.tif"], _folder["disk/out.tif"]);
        Assert.True(code == ExitCode.BadInput, $"Exit code {code}: {error}");
        Assert.Matches($@"ib: {_folder["disk/out.tif"]} cannot be written: it takes 8,388,608 bytes, and {_folder["disk"]} has [12],[0-9]{{3}},[0-9]{{3}} bytes free\.", error);
        Assert.Equal("", left);
    }

    [Fact]
    public async Task Run_DiskFullInMidFile_SaysSoWithBothSizesAndLeavesNothing()
    {
        // The pixels take three quarters of the disk; the directories of 6000 pages are what it has no room for.
        _folder.WriteStack("in.tif", new VolumeShape(6000, 8, 16), i => (ushort)i);
        var (code, error, left) = await RunOnSmallDiskAsync("run", "diagnostic/identity", _folder["in.tif"], _folder["disk/out.tif"]);
        Assert.True(code == ExitCode.BadInput, $"Exit code {code}: {error}");
        Assert.Matches(@"ib: \S+out\.tif cannot be written: the disk is full \(.+\); it takes 1,536,000 bytes uncompressed, and \S+ has [0-9,]+ bytes free\.", error);
        Assert.Equal("", left);
    }

    [Fact]
    public async Task Run_FileMayNotGrow_IsOneErrorWithTheSizeAndLeavesNothing()
    {
        // Blocks of 512 bytes: 1 MiB. The runtime itself needs a large file for its code unless told otherwise.
        var input = _folder.WriteStack("in.tif", new VolumeShape(2, 1024, 1024), i => (ushort)i);
        using var tool = ToolProcess.StartUnder(
            ["sh", "-c", "export DOTNET_EnableWriteXorExecute=0 INFERENCEBRIDGE__SCRATCHDIRECTORY=/tmp; ulimit -f 2048; exec \"$@\"", "sh"],
            "run", "diagnostic/identity", input, _folder["out.tif"]);
        var (code, error) = await tool.WaitAsync();
        Assert.True(code == ExitCode.BadInput, $"Exit code {code}: {error}");
        Assert.Matches(@"ib: .*out\.tif cannot be written: .+; it takes 4,194,304 bytes uncompressed, and \S+ has [0-9,]+ bytes free\.", error);
        Assert.Equal(["in.tif"], _folder.Names);
    }

    [Theory]
    [InlineData("input", "in.tif cannot be read: ")]
    [InlineData("output", "is not writable")]
    public async Task Run_NotPermitted_IsRefusedBeforeTheJobStarts(string what, string expected)
    {
        var input = _folder.WriteStack("in.tif", new VolumeShape(2, 8, 8), i => (ushort)i);
        var folder = Directory.CreateDirectory(_folder["out"]).FullName;
        Assert.True(await CanAsync(["chmod", "755", Path.GetDirectoryName(input)!]));
        Assert.True(await CanAsync(["chmod", what == "output" ? "555" : "777", folder]));
        Assert.True(await CanAsync(["chmod", what == "input" ? "000" : "644", input]));

        // The tool may read everything as root, so it runs as nobody; without an address it would start a server.
        string[] wrapper = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
        Assert.SkipWhen(Environment.IsPrivilegedProcess && !await CanAsync([.. wrapper, "test", "-r", typeof(DiskTests).Assembly.Location]),
            "the tests run as root, and another user cannot read the tool here");
        using var tool = ToolProcess.StartUnder(wrapper, "run", "diagnostic/identity", input, Path.Combine(folder, "out.tif"), "--server", "unix:/none");

        var (code, error) = await tool.WaitAsync();
        Assert.True(code == ExitCode.BadInput, $"Exit code {code}: {error}");
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    /// <summary>Runs the tool with a file system of 2 MiB at "disk", and lists what is left there.</summary>
    private async Task<(int Code, string Error, string Left)> RunOnSmallDiskAsync(params string[] arguments)
    {
        var disk = Directory.CreateDirectory(_folder["disk"]).FullName;
        string[] apart = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"];
        Assert.SkipUnless(await CanAsync([.. apart, $"mount -t tmpfs -o size=2m none '{disk}'"]),
            "file systems cannot be mounted here, not even in a namespace of one's own");
        using var tool = ToolProcess.StartUnder(
            [.. apart, $"mount -t tmpfs -o size=2m none '{disk}' && \"$@\"; code=$?; ls -A '{disk}' > '{_folder["left"]}'; exit $code", "sh"],
            arguments);
        var (code, error) = await tool.WaitAsync();
        return (code, error, (await File.ReadAllTextAsync(_folder["left"], TestContext.Current.CancellationToken)).Trim());
    }

    private static async Task<bool> CanAsync(string[] command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true });
            await process!.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
