using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace InferenceBridge.Imaging;

/// <summary>
/// Simulated fluorescence: a specimen is drawn on a voxel grid that reaches beyond the field of view (so that its edges
/// receive light from outside, as they do in a microscope), blurred by the PSF, and exposed by a camera.
/// </summary>
public static class Phantom
{
    /// <summary>Simulates a sample. The number of processors does not change it.</summary>
    /// <exception cref="InferenceException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PhantomSample Create(PhantomOptions options, CancellationToken cancellation = default)
    {
        options.Validate();
        var psf = GaussianPsf.Create(options.Optics, options.VoxelSizeXY, options.VoxelSizeZ);
        var convolution = new SeparableConvolution(psf);
        var specimen = Draw(options, new SceneGrid(options, convolution.Margin), cancellation);
        var light = convolution.Run(specimen, options.Height, options.Width);
        cancellation.ThrowIfCancellationRequested();

        var brightest = light.Max(plane => TensorPrimitives.Max<float>(plane));
        var factor = brightest > 0 ? options.PeakPhotons / brightest : 0;
        var calibration = new Calibration
        {
            VoxelWidth = options.VoxelSizeXY,
            VoxelHeight = options.VoxelSizeXY,
            VoxelDepth = options.VoxelSizeZ,
            Unit = "µm",
        };
        var truth = NewVolume(options, PixelType.Float32, calibration);
        var blurred = NewVolume(options, PixelType.Float32, calibration);
        var noisy = NewVolume(options, PixelType.UInt16, calibration);
        var camera = new Camera(options);
        var saturated = new long[options.Depth];
        Parallel.For(0, options.Depth, new ParallelOptions { CancellationToken = cancellation }, z =>
        {
            Crop(specimen[z + convolution.Margin.Z], convolution.Margin, options, factor, truth.Plane(z).Span);
            Camera.Scale(light[z], factor, options.BackgroundPhotons);
            PixelConverter.FromSingle(light[z], PixelType.Float32, blurred.Plane(z).Span);
            saturated[z] = camera.Expose(light[z], z, noisy.Plane(z).Span);
        });
        return new PhantomSample(truth, blurred, noisy, psf.ToVolume(), saturated.Sum());
    }

    private static float[][] Draw(PhantomOptions options, SceneGrid grid, CancellationToken cancellation)
    {
        var planes = new float[grid.Depth][];
        var elements = (long)grid.Height * grid.Width;
        if (elements > Array.MaxLength)
        {
            throw new InferenceException(InferenceError.VolumeTooLarge, "sample",
                $"A plane of {elements} voxels with its margin is too large; accepted: at most {Array.MaxLength}.");
        }

        var random = new SeededRandom(options.Seed);
        IScene scene = options.Kind switch
        {
            PhantomKind.Beads => CapsuleScenes.Beads(grid, random),
            PhantomKind.Tubules => CapsuleScenes.Tubules(grid, random),
            PhantomKind.Filaments => CapsuleScenes.Filaments(grid, random),
            PhantomKind.Cells => new CellScene(grid, random),
            _ => throw new UnreachableException($"Unmapped kind {options.Kind}."),
        };
        Parallel.For(0, planes.Length, new ParallelOptions { CancellationToken = cancellation }, z =>
        {
            planes[z] = new float[elements];
            scene.Draw(grid, z, planes[z]);
        });
        return planes;
    }

    private static MemoryVolume NewVolume(PhantomOptions options, PixelType type, Calibration calibration) =>
        new(new VolumeInfo(options.Shape, type) { Calibration = calibration });

    private static void Crop(float[] plane, Halo margin, PhantomOptions options, double factor, Span<byte> pixels)
    {
        var stride = options.Width + (2 * margin.X);
        var values = MemoryMarshal.Cast<byte, float>(pixels);
        for (var row = 0; row < options.Height; row++)
        {
            var source = plane.AsSpan(((row + margin.Y) * stride) + margin.X, options.Width);
            TensorPrimitives.Multiply(source, (float)factor, values.Slice(row * options.Width, options.Width));
        }
    }
}
