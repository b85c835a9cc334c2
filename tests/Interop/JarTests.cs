using System.Diagnostics;
using System.IO.Compression;

namespace InferenceBridge.Interop;

/// <summary>The jar holds everything under names of its own, and nothing that Java 8 lacks.</summary>
public sealed class JarTests(ImageJ imageJ)
{
    private string Jar => Directory.GetFiles(imageJ["plugins"], "InferenceBridge_-*.jar").Single();

    [Fact]
    public void Jar_EveryClass_IsRelocatedAndOfLevel52()
    {
        using var zip = ZipFile.OpenRead(Jar);
        var classes = zip.Entries.Where(entry => entry.Name.EndsWith(".class", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(classes);
        Assert.All(classes, entry => Assert.StartsWith("org/inferencebridge/", entry.FullName, StringComparison.Ordinal));
        Assert.DoesNotContain(zip.Entries, entry => Path.GetExtension(entry.Name) is ".so" or ".dll" or ".jnilib");
        foreach (var entry in classes)
        {
            using var stream = entry.Open();
            var header = new byte[8];
            stream.ReadExactly(header);
            Assert.InRange((header[6] << 8) | header[7], 45, 52);
        }
    }

    [Fact]
    public void Jar_EveryService_NamesAClassInTheJar()
    {
        using var zip = ZipFile.OpenRead(Jar);
        var services = zip.Entries.Where(entry => entry.FullName.StartsWith("META-INF/services/", StringComparison.Ordinal) && entry.Name.Length > 0).ToList();
        Assert.Equal(3, services.Count);
        foreach (var service in services)
        {
            using var reader = new StreamReader(service.Open());
            var name = reader.ReadToEnd().Trim().Replace('.', '/') + ".class";
            Assert.StartsWith("org/inferencebridge/shaded/", name, StringComparison.Ordinal);
            Assert.NotNull(zip.GetEntry(name));
        }
    }

    [Theory]
    [InlineData("java.util.List.of(1)", "java/util/List.of(")]
    [InlineData("java.nio.ByteBuffer.allocate(1).flip()", "java/nio/ByteBuffer.flip()Ljava/nio/ByteBuffer;")]
    [InlineData("new java.util.zip.CRC32C()", "java/util/zip/CRC32C")]
    public async Task Check_CodeThatJava8CannotRun_IsNamed(string expression, string named)
    {
        var folder = Directory.CreateDirectory(imageJ[$"check-{expression.GetHashCode(StringComparison.Ordinal)}"]).FullName;
        var source = Path.Combine(folder, "Newer.java");
        await File.WriteAllTextAsync(source, $"class Newer {{ Object value = {expression}; }}", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync("javac", "--release", "9", "-d", folder, source)).Code);
        var jar = Path.Combine(folder, "newer.jar");
        ZipFile.CreateFromDirectory(Directory.CreateDirectory(Path.Combine(folder, "empty")).FullName, jar);
        using (var zip = ZipFile.Open(jar, ZipArchiveMode.Update))
        {
            zip.CreateEntryFromFile(Path.Combine(folder, "Newer.class"), "Newer.class");
        }

        var tools = Path.Combine(RealData.RepositoryRoot, "fiji-plugin-shim", "target", "work", "tools");
        var (code, output) = await RunAsync("java", "-cp", $"{tools}:/usr/share/java/asm.jar:/usr/share/java/asm-tree.jar",
            "org.inferencebridge.build.Java8Check", jar);
        Assert.Equal(1, code);
        Assert.Contains(named, output, StringComparison.Ordinal);
        Assert.Contains("class file of level 53", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crc32C_ByTables_IsTheStandardOne()
    {
        var said = await imageJ.RunScenarioAsync("org.inferencebridge.client.CrcScenario");
        Assert.Equal("e3069283", said["digits"]);
        Assert.Equal("8a9136aa", said["zeros"]);
        Assert.Equal("true", said["same_as_jdk"]);
    }

    [Fact]
    public async Task Menu_EveryEntry_NamesItsClass()
    {
        var (_, output) = await imageJ.RunMacroAsync("""
            List.setCommands; names = newArray('Denoise...', 'Deconvolve...', 'Register...', 'Autofocus...', 'Run Operation...', 'Server...', 'Help');
            for (i = 0; i < names.length; i++) print(names[i] + ' -> ' + List.get(names[i]));
            """);
        Assert.Contains("Denoise... -> org.inferencebridge.Denoise\n", output, StringComparison.Ordinal);
        Assert.Contains("Deconvolve... -> org.inferencebridge.Deconvolve\n", output, StringComparison.Ordinal);
        Assert.Contains("Register... -> org.inferencebridge.Register\n", output, StringComparison.Ordinal);
        Assert.Contains("Autofocus... -> org.inferencebridge.Autofocus\n", output, StringComparison.Ordinal);
        Assert.Contains("Run Operation... -> org.inferencebridge.RunOperation\n", output, StringComparison.Ordinal);
        Assert.Contains("Server... -> org.inferencebridge.Server\n", output, StringComparison.Ordinal);
        Assert.Contains("Help -> org.inferencebridge.Help\n", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error + await output);
    }
}
