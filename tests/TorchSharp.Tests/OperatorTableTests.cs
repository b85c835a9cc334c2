using System.Reflection;
using TorchSharp.Interop;

namespace InferenceBridge.TorchSharp.Tests;

public class OperatorTableTests
{
    [Fact]
    public void Find_EveryOperatorInUse_IsKnownToThisLibtorch()
    {
        var unknown = new List<string>();
        foreach (var field in typeof(Ops).GetFields(BindingFlags.Static | BindingFlags.NonPublic))
        {
            if (!((Operator)field.GetValue(null)!).Exists())
            {
                unknown.Add(field.Name);
            }
        }

        Assert.Empty(unknown);
    }

    [Fact]
    public void Call_UnknownOperator_NamesIt()
    {
        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => new Operator("no_such_thing.Tensor").Call());

        Assert.Contains("aten::no_such_thing.Tensor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_MissingArgument_NamesIt()
    {
        using var tensor = torch.ones(2);

        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => new Operator("add.Tensor").Call(tensor));

        Assert.Contains("'other' is missing", error.Message, StringComparison.Ordinal);
    }
}
