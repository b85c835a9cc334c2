using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

/// <summary>Runs an operation that makes a volume of its own shape.</summary>
internal static class VolumeRun
{
    public static VolumeJobResult Of(string id, MemoryVolume image, params (string Name, object Value)[] parameters)
    {
        var operation = (IVolumeOperation)new OperationCatalog(BuiltInOperations.All).Find(id);
        var set = ParameterSet.Create(operation.Declaration.Parameters, parameters.ToDictionary(p => p.Name, p => p.Value));
        var request = new TensorJobRequest(set, image.Info, new Dictionary<string, VolumeInfo>());
        var plan = operation.Plan(request);
        var result = operation.Run(request, plan.NeedsPixels ? image : null, new Dictionary<string, MemoryVolume>(), CancellationToken.None);
        Assert.Equal(plan.Shape, result.Volume.Info.Shape);
        Assert.Equal(plan.Calibration, result.Volume.Info.Calibration);
        return result;
    }
}
