namespace InferenceBridge.Cli.Tests.Commands;

public class ParameterFlagsTests
{
    [Theory]
    [InlineData("run x/y a b --patch-size 5", "run x/y a b -p patch_size=5")]
    [InlineData("run x/y a b --patch-size=5", "run x/y a b -p patch_size=5")]
    [InlineData("run --patch-size 5 x/y a b", "run -p patch_size=5 x/y a b")]
    [InlineData("denoise a b --offset -5", "denoise a b -p offset=-5")]
    [InlineData("denoise a b --anscombe", "denoise a b -p anscombe=true")]
    [InlineData("denoise a b --anscombe --json", "denoise a b -p anscombe=true --json")]
    [InlineData("denoise a b --anscombe -p h=1", "denoise a b -p anscombe=true -p h=1")]
    [InlineData("deconvolve a b --psf p --aux q=r --server s --model m --json", "deconvolve a b --psf p --aux q=r --server s --model m --json")]
    [InlineData("denoise a b --help", "denoise a b --help")]
    [InlineData("denoise -- --a b", "denoise -- --a b")]
    [InlineData("info a --patch-size 5", "info a --patch-size 5")]
    public void Rewrite_Flags_BecomeParameters(string typed, string expected) =>
        Assert.Equal(expected, string.Join(' ', ParameterFlags.Rewrite(CommandLine.Create(), typed.Split(' '))));
}
