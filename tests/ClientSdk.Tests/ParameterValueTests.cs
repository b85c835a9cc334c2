using System.Globalization;

namespace InferenceBridge.Client.Tests;

public sealed class ParameterValueTests
{
    private static readonly ParameterInfo Number = new("sigma", ParameterKind.Number, 1.0) { Minimum = 0.0, Maximum = 10.0 };
    private static readonly ParameterInfo Integer = new("size", ParameterKind.Integer, 5L) { Minimum = -3L, Maximum = 9L };
    private static readonly ParameterInfo Switch = new("fast", ParameterKind.Boolean, false);
    private static readonly ParameterInfo Choice = new("mode", ParameterKind.Choice, "2d") { Choices = [new("2d", "Planes."), new("3d", "Stacks.")] };

    [Theory]
    [InlineData("2.5", 2.5)]
    [InlineData(" 10 ", 10.0)]
    [InlineData("0", 0.0)]
    [InlineData("1e-3", 0.001)]
    [InlineData("-0", 0.0)]
    public void Parse_Number_IsRead(string text, double value) => Assert.Equal(value, ParameterValue.Parse(Number, text).Value);

    [Fact]
    public void Parse_NumberInACultureWithACommaForThePoint_IsReadAllTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal("2.5", ParameterValue.Parse(Number, "2.5").ToString());
            Assert.Throws<InferenceException>(() => ParameterValue.Parse(Number, "2,5"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Parse_OtherKinds_AreRead()
    {
        Assert.Equal(-3L, ParameterValue.Parse(Integer, "-3").Value);
        Assert.Equal(true, ParameterValue.Parse(Switch, "True").Value);
        Assert.Equal("3d", ParameterValue.Parse(Choice, "3d").Value);
    }

    [Theory]
    [InlineData("sigma", "much", InferenceError.ParameterTypeMismatch, "a number from 0 to 10")]
    [InlineData("sigma", "", InferenceError.ParameterTypeMismatch, "a number from 0 to 10")]
    [InlineData("sigma", "NaN", InferenceError.ParameterTypeMismatch, "a number from 0 to 10")]
    [InlineData("sigma", "1e999", InferenceError.ParameterTypeMismatch, "a number from 0 to 10")]
    [InlineData("sigma", "10.001", InferenceError.ParameterOutOfRange, "a number from 0 to 10")]
    [InlineData("sigma", "-1", InferenceError.ParameterOutOfRange, "a number from 0 to 10")]
    [InlineData("size", "2.5", InferenceError.ParameterTypeMismatch, "a whole number from -3 to 9")]
    [InlineData("size", "99999999999999999999", InferenceError.ParameterTypeMismatch, "a whole number from -3 to 9")]
    [InlineData("size", "10", InferenceError.ParameterOutOfRange, "a whole number from -3 to 9")]
    [InlineData("fast", "yes", InferenceError.ParameterTypeMismatch, "true or false")]
    [InlineData("mode", "4d", InferenceError.ParameterOutOfRange, "one of 2d, 3d")]
    [InlineData("mode", "3D", InferenceError.ParameterOutOfRange, "one of 2d, 3d")]
    public void Parse_WrongText_NamesParameterTextAndWhatIsAccepted(string name, string text, InferenceError expected, string accepted)
    {
        var parameter = new[] { Number, Integer, Switch, Choice }.Single(info => info.Name == name);
        var error = Assert.Throws<InferenceException>(() => ParameterValue.Parse(parameter, text));
        Assert.Equal((expected, $"parameters.{name}"), (error.Error, error.Field));
        Assert.Equal($"Parameter {name} is the text \"{text}\"; accepted: {accepted}.", error.Message);
    }

    [Fact]
    public void ToString_AnyValue_IsReadBack()
    {
        Assert.All(new[] { 0.1, 1.0 / 3, 9.999999999999998 }, value =>
            Assert.Equal(value, ParameterValue.Parse(Number, ParameterValue.FromDouble(value).ToString()).Value));
        Assert.Equal("true", ParameterValue.FromBoolean(true).ToString());
        Assert.Equal("-7", ParameterValue.FromInt64(-7).ToString());
    }

    [Fact]
    public void FindParameter_Unknown_ListsThoseThatExist()
    {
        var operation = new OperationInfo("denoise/test", "denoise", "1") { Parameters = [Number, Integer] };
        Assert.Same(Integer, operation.FindParameter("size"));
        var error = Assert.Throws<InferenceException>(() => operation.FindParameter("Size"));
        Assert.Equal(InferenceError.ParameterUnknown, error.Error);
        Assert.Equal("Parameter Size is not known to denoise/test; accepted: sigma, size.", error.Message);
        Assert.Contains("accepted: none", Assert.Throws<InferenceException>(
            () => new OperationInfo("a/b", "a", "1").FindParameter("x")).Message, StringComparison.Ordinal);
    }
}
