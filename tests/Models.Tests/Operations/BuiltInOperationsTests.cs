using System.Text.RegularExpressions;

namespace InferenceBridge.Models.Tests;

public partial class BuiltInOperationsTests
{
    public static TheoryData<string> Ids => [.. BuiltInOperations.All.Select(operation => operation.Declaration.Id)];

    [Fact]
    public void All_Operations_HaveTheAgreedIds() => Assert.Equal(
        ["autofocus/metrics", "deconvolve/richardson-lucy", "deconvolve/tikhonov", "deconvolve/wiener", "denoise/gaussian", "denoise/median", "denoise/nlm",
            "denoise/tridefusion", "diagnostic/identity", "psf/born-wolf", "psf/from-beads", "psf/gaussian", "psf/gibson-lanni", "register/piecewise-rigid", "register/rigid"],
        new OperationCatalog(BuiltInOperations.All).Operations.Select(operation => operation.Declaration.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Declaration_OfEachOperation_IsComplete(string id)
    {
        var operation = Find(id);
        var declaration = operation.Declaration;

        Assert.Single(new[] { operation is IPlaneOperation, operation is ITensorOperation, operation is IVolumeOperation, operation is IFrameOperation and not IPlaneOperation }, kind => kind);
        Assert.Matches(Id(), declaration.Id);
        Assert.Equal(id.Split('/')[0], declaration.Task);
        Assert.NotEmpty(declaration.Version);
        Assert.NotEmpty(declaration.Summary);
        Assert.NotEmpty(declaration.Description);
        Assert.Equal(InputRole.ImageName, declaration.Inputs[0].Name);
        Assert.Equal(declaration.Inputs.Count, declaration.Inputs.Select(input => input.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Parameters_OfEachOperation_HaveUniqueNamesHelpAndSoundDefaults(string id)
    {
        var parameters = Find(id).Declaration.Parameters;

        Assert.Equal(parameters.Count, parameters.Select(parameter => parameter.Name).Distinct().Count());
        Assert.All(parameters, parameter =>
        {
            Assert.Matches(SnakeCase(), parameter.Name);
            Assert.EndsWith(".", parameter.Help, StringComparison.Ordinal);
            Assert.Equal(parameter.DefaultValue, parameter.Check(parameter.DefaultValue));
            if (parameter is ChoiceParameter choice)
            {
                Assert.Equal(choice.Choices.Count, choice.Choices.Select(c => c.Value).Distinct().Count());
                Assert.All(choice.Choices, c => Assert.NotEmpty(c.Help));
            }
        });
    }

    [Fact]
    public void Find_UnknownId_NamesThoseThatExist()
    {
        var error = Assert.Throws<InferenceException>(() => Find("denoise/magic"));

        Assert.Equal(InferenceError.OperationNotFound, error.Error);
        Assert.Contains("\"denoise/magic\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("denoise/nlm", error.Message, StringComparison.Ordinal);
    }

    private static IOperation Find(string id) => new OperationCatalog(BuiltInOperations.All).Find(id);

    [GeneratedRegex("^[a-z]+/[a-z][a-z0-9-]*$")]
    private static partial Regex Id();

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}
