namespace InferenceBridge.Models.Tests;

public class IdentityOperationTests
{
    [Fact]
    public void Process_AnyBytes_ReturnsThem()
    {
        var operation = Assert.IsAssignableFrom<IPlaneOperation>(new OperationCatalog(BuiltInOperations.All).Find("diagnostic/identity"));
        byte[] plane = [0, 255, 1, 0x7f, 0xc0, 0, 0, 3];
        var result = new byte[plane.Length];

        operation.Process(plane, result, ParameterSet.Create(operation.Declaration.Parameters, new Dictionary<string, object>()));

        Assert.Equal(plane, result);
        Assert.False(operation.Declaration.RequiresFiniteImage);
    }
}
