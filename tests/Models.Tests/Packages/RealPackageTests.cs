using InferenceBridge.Models.Packages;

namespace InferenceBridge.Models.Tests.Packages;

/// <summary>The packages that bioimage.io's own specification tests with.</summary>
public class RealPackageTests
{
    [Theory]
    [InlineData("unet2d_nuclei_broad", true)]
    [InlineData("unet2d_nuclei_broad/v0_4_0.bioimageio.yaml", true)]
    [InlineData("unet2d_nuclei_broad/v0_4_9.bioimageio.yaml", true)]
    [InlineData("unet2d_multi_tensor", false)]
    public void SelfTest_PublishedPackage_GivesItsStatedOutputs(string path, bool isTiled)
    {
        var package = ModelPackage.Open(RealData.Require($"models/{path}"));

        var results = package.SelfTest(cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(isTiled, package.IsTiled);
        Assert.All(results, result => Assert.True(result.Passed, result.Message));
        Assert.Equal(isTiled ? 1 : 2, results.Count);
    }

    [Fact]
    public void Open_SameNameTwice_IsRefusedWithFileAndField()
    {
        var path = RealData.Require("models/unet2d_nuclei_broad/invalid_v0_4_0_duplicate_tensor_names.bioimageio.yaml");

        var refusal = Assert.Throws<InferenceException>(() => ModelPackage.Open(path));

        Assert.Equal("invalid_v0_4_0_duplicate_tensor_names.bioimageio.yaml:outputs[0].name", refusal.Field);
        Assert.Contains("\"data\"", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expand_output_shape.bioimageio.yaml")]
    [InlineData("expand_output_shape_v0_4.bioimageio.yaml")]
    public void Open_NoTorchScript_NamesTheWeightsThatThereAre(string file)
    {
        var refusal = Assert.Throws<InferenceException>(() => ModelPackage.Open(RealData.Require($"models/unet2d_nuclei_broad/{file}")));

        Assert.Equal($"{file}:weights", refusal.Field);
        Assert.Contains("pytorch_state_dict", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NucleiNetwork_TellsLicenceCitationAndWeights()
    {
        var declaration = ModelPackage.Open(RealData.Require("models/unet2d_nuclei_broad")).Operation.Declaration;

        Assert.Equal("run/unet2d_nuclei_broad", declaration.Id);
        Assert.Equal("MIT", declaration.Provenance.Licence);
        Assert.Contains("doi:10.1007/978-3-319-24574-4_28", declaration.Provenance.Citation, StringComparison.Ordinal);
        Assert.Equal("a4b0659a1b48454588b12179855ad0a0c9b69ccaa89b8bb06e6271e8f60b02fe", declaration.Provenance.WeightsSha256);
        Assert.Equal("ilastik/covid_if_training_data/1", declaration.Provenance.TrainingData);
    }

    [Fact]
    public void Open_TwoInputsAndOutputs_AreDeclared()
    {
        var declaration = ModelPackage.Open(RealData.Require("models/unet2d_multi_tensor")).Operation.Declaration;

        Assert.Equal(["image", "input1"], declaration.Inputs.Select(input => input.Name));
        var output = Assert.IsType<ChoiceParameter>(Assert.Single(declaration.Parameters));
        Assert.Equal(["all", "output0", "output1"], output.Choices.Select(choice => choice.Value));
        Assert.Equal("all", output.Default);
    }
}
