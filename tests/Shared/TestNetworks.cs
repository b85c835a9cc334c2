using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace InferenceBridge.Tests;

/// <summary>
/// Small TorchScript networks that PyTorch makes, and packages of them; tests that need them skip where Debian's python3-torch
/// is absent.
/// </summary>
internal static class TestNetworks
{
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import sys, torch
        from torch import nn
        torch.manual_seed(3)

        class Pool(nn.Module):  # a little U-Net: looks some pixels far, on a grid of 4
            def __init__(self):
                super().__init__()
                self.a = nn.Conv2d(1, 4, 3, padding=1); self.b = nn.Conv2d(4, 4, 3, padding=1)
                self.c = nn.Conv2d(4, 4, 3, padding=1); self.d = nn.Conv2d(8, 1, 3, padding=1)
            def forward(self, x):
                a = torch.relu(self.a(x))
                b = torch.relu(self.b(nn.functional.max_pool2d(a, 4)))
                u = nn.functional.interpolate(self.c(b), scale_factor=4.0)
                return self.d(torch.cat([a, u], 1))

        class Solid(nn.Module):
            def __init__(self):
                super().__init__()
                self.a = nn.Conv3d(1, 2, 3, padding=1); self.b = nn.Conv3d(2, 1, 3, padding=1)
            def forward(self, x):
                return self.b(torch.relu(self.a(x)))

        class Mean(nn.Module):
            def forward(self, x):
                return x - x.mean([2, 3], keepdim=True)

        class Slices(nn.Module):  # the middle slice less half its neighbours
            def forward(self, x):
                return x[:, 1:2] - 0.5 * (x[:, 0:1] + x[:, 2:3])

        class Mix(nn.Module):  # two channels to three
            def forward(self, x):
                return torch.cat([x[:, 0:1] + x[:, 1:2], x[:, 0:1] - x[:, 1:2], 2 * x[:, 0:1]], 1)

        class Double(nn.Module):
            def forward(self, x):
                return nn.functional.interpolate(x, scale_factor=2.0)

        class Plus(nn.Module):
            def __init__(self, n: float):
                super().__init__()
                self.n = n
            def forward(self, x):
                return x + self.n

        for name, net in dict(pool=Pool(), solid=Solid(), mean=Mean(), slices=Slices(), mix=Mix(), double=Double(), plus1=Plus(1.0), plus2=Plus(2.0)).items():
            torch.jit.script(net.eval()).save(f'{sys.argv[1]}/{name}.pt')
        """;

    private static readonly Lazy<string?> Folder = new(Make);

    /// <summary>Bytes of a network: pool, solid, mean, slices, mix, double, plus1, plus2.</summary>
    public static byte[] Bytes(string name)
    {
        Assert.SkipWhen(Folder.Value is null, $"PyTorch is not here: {Python} cannot import torch.");
        return File.ReadAllBytes(Path.Combine(Folder.Value!, $"{name}.pt"));
    }

    /// <summary>Writes a package of one input and one output.</summary>
    /// <param name="models">Folder of the packages.</param>
    /// <param name="id">Name of its folder.</param>
    /// <param name="network">See <see cref="Bytes"/>.</param>
    /// <param name="axes">Axes of the input besides the batch, and their sizes in YAML's flow style: "y: {min: 8, step: 4}".</param>
    /// <param name="steps">Preprocessing steps in YAML's flow style.</param>
    /// <param name="more">Further lines of the description.</param>
    /// <param name="outputs">Axes of the output; null for those of the input.</param>
    /// <returns>Its folder.</returns>
    public static string Write(string models, string id, string network, string[] axes, string steps = "[]", string more = "", string[]? outputs = null)
    {
        var bytes = Bytes(network);
        var folder = Directory.CreateDirectory(Path.Combine(models, id)).FullName;
        File.WriteAllBytes(Path.Combine(folder, "weights.pt"), bytes);
        var sha = Convert.ToHexStringLower(SHA256.HashData(bytes));
        File.WriteAllText(Path.Combine(folder, "bioimageio.yaml"), string.Create(CultureInfo.InvariantCulture, $$$"""
            type: model
            format_version: 0.5.4
            name: {{{id}}} of tests
            description: For tests.
            version: 1.0
            license: MIT
            cite: [{text: nobody, doi: 10.1/x}]
            inputs:
            - {id: raw, axes: [{type: batch}, {{{Axes(axes)}}}], preprocessing: {{{steps}}}}
            outputs:
            - {id: out, axes: [{type: batch}, {{{Axes(outputs ?? axes.Select(Referring).ToArray())}}}]}
            weights: {torchscript: {source: weights.pt, sha256: {{{sha}}}, pytorch_version: 1.13.1}}
            {{{more}}}
            """));
        return folder;
    }

    private static string Axes(string[] axes) => string.Join(", ", axes.Select(axis =>
    {
        var (name, size) = (axis[..axis.IndexOf(':', StringComparison.Ordinal)], axis[(axis.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        return name == "channel"
            ? $"{{type: channel, channel_names: [{string.Join(", ", Enumerable.Range(0, int.Parse(size, CultureInfo.InvariantCulture)).Select(i => $"c{i}"))}]}}"
            : $"{{type: space, id: {name}, size: {size}}}";
    }));

    private static string Referring(string axis)
    {
        var name = axis[..axis.IndexOf(':', StringComparison.Ordinal)];
        return name == "channel" ? "channel: 1" : $"{name}: {{tensor_id: raw, axis_id: {name}}}";
    }

    private static string? Make()
    {
        if (!File.Exists(Python))
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("ib-networks-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);

        // TorchScript reads its classes' source from their file.
        var script = Path.Combine(folder, "make.py");
        File.WriteAllText(script, Script);
        using var python = Process.Start(new ProcessStartInfo(Python, [script, folder]) { RedirectStandardError = true })!;
        var error = new StringBuilder(python.StandardError.ReadToEnd());
        python.WaitForExit();
        return python.ExitCode == 0 ? folder
            : error.ToString().Contains("No module named 'torch'", StringComparison.Ordinal) ? null
            : throw new InvalidOperationException($"PyTorch made no networks: {error}");
    }
}
