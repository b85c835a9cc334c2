using System.ComponentModel;
using System.Diagnostics;
using InferenceBridge.LibTiff.Tests.Support;

namespace InferenceBridge.LibTiff.Tests;

/// <summary>libtiff's own tools on written files, where they are installed.</summary>
public class ToolTests
{
    [Fact]
    public void TiffInfo_OnWrittenFile_PrintsTheTags()
    {
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, "w8"))
        {
            Image.Describe(tif, 5, 4, 32, SampleFormat.IEEEFP);
            Assert.True(tif.SetField(TiffTag.COMPRESSION, Compression.ADOBE_DEFLATE));
            Assert.True(tif.SetField(TiffTag.SOFTWARE, "InferenceBridge"));
            Image.WriteStrips(tif, new byte[80], rowsPerStrip: 4);
        }
        string output = Run("tiffinfo", file.Name);

        Assert.Contains("Image Width: 5 Image Length: 4", output, StringComparison.Ordinal);
        Assert.Contains("Sample Format: IEEE floating point", output, StringComparison.Ordinal);
        Assert.Contains("Compression Scheme: AdobeDeflate", output, StringComparison.Ordinal);
        Assert.Contains("Software: InferenceBridge", output, StringComparison.Ordinal);
    }

    private static string Run(string tool, string argument)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(tool, [argument]) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{tool} is not installed (libtiff-tools).");
            throw;
        }
    }
}
