namespace TorchSharp;

/// <summary>Moves modules between devices and element types, in place; the module itself is returned.</summary>
public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module => (T)module._to(device, null, non_blocking);

    public static T to<T>(this T module, DeviceType type, int index = -1, bool non_blocking = false)
        where T : torch.nn.Module => module.to(new torch.Device(type, index), non_blocking);

    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => (T)module._to(type, non_blocking);

    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => (T)module._to(device, type, non_blocking);

    public static T cpu<T>(this T module)
        where T : torch.nn.Module => module.to(torch.CPU);

    public static T cuda<T>(this T module, int deviceIndex = -1)
        where T : torch.nn.Module => module.to(DeviceType.CUDA, deviceIndex);
}
