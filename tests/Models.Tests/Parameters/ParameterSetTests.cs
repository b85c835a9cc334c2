namespace InferenceBridge.Models.Tests;

public class ParameterSetTests
{
    private static readonly IReadOnlyList<ParameterDeclaration> Declarations =
    [
        new NumberParameter("sigma", "Width.", 1.5, 0, 100, "px"),
        new IntegerParameter("iterations", "Count.", 20, 1, 10_000),
        new BooleanParameter("anscombe", "Switch.", false),
        new ChoiceParameter("edges", "Edges.", "padded", [new Choice("padded", "One."), new Choice("periodic", "Other.")]),
    ];

    [Fact]
    public void Create_NothingGiven_FillsInDefaults()
    {
        var set = ParameterSet.Create(Declarations, new Dictionary<string, object>());

        Assert.Equal(1.5, set.Number("sigma"));
        Assert.Equal(20, set.Integer("iterations"));
        Assert.False(set.Boolean("anscombe"));
        Assert.Equal("padded", set.Choice("edges"));
    }

    [Fact]
    public void Create_WholeNumberForANumber_IsTaken() => Assert.Equal(3.0, Create("sigma", 3L).Number("sigma"));

    [Theory]
    [InlineData("sigma", 0.0)]
    [InlineData("sigma", 100.0)]
    [InlineData("iterations", 1L)]
    [InlineData("iterations", 10_000L)]
    public void Create_Bounds_AreAccepted(string name, object value) => Assert.Equal(value, Create(name, value).Values[name]);

    [Theory]
    [InlineData("sigma", 100.5, "Parameter sigma is 100.5; accepted: a number from 0 to 100.")]
    [InlineData("sigma", double.NaN, "Parameter sigma is NaN; accepted: a number from 0 to 100.")]
    [InlineData("iterations", 0L, "Parameter iterations is 0; accepted: a whole number from 1 to 10000.")]
    [InlineData("edges", "none", "Parameter edges is the text \"none\"; accepted: one of padded, periodic.")]
    public void Create_OutOfRange_NamesValueAndRange(string name, object value, string message) =>
        AssertRefused(InferenceError.ParameterOutOfRange, name, value, message);

    [Theory]
    [InlineData("sigma", "1", "Parameter sigma is the text \"1\"; accepted: a number from 0 to 100.")]
    [InlineData("iterations", 1.5, "Parameter iterations is 1.5; accepted: a whole number from 1 to 10000.")]
    [InlineData("anscombe", 1L, "Parameter anscombe is 1; accepted: true or false.")]
    [InlineData("edges", true, "Parameter edges is true; accepted: one of padded, periodic.")]
    public void Create_WrongType_NamesValueAndType(string name, object value, string message) =>
        AssertRefused(InferenceError.ParameterTypeMismatch, name, value, message);

    [Fact]
    public void Create_UnknownName_NamesThoseThatExist() => AssertRefused(InferenceError.ParameterUnknown, "sigmas", 1.0,
        "Parameter sigmas is not known; accepted: sigma, iterations, anscombe, edges.");

    private static ParameterSet Create(string name, object value) =>
        ParameterSet.Create(Declarations, new Dictionary<string, object> { [name] = value });

    private static void AssertRefused(InferenceError expected, string name, object value, string message)
    {
        var error = Assert.Throws<InferenceException>(() => Create(name, value));
        Assert.Equal(expected, error.Error);
        Assert.Equal($"parameters.{name}", error.Field);
        Assert.Equal(message, error.Message);
    }
}
