using InferenceBridge.Imaging;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Models.Tests;

public class CropTests
{
    private const int Height = 20;
    private const int Width = 30;
    private const int Size = 8;

    private static readonly float[] Plane = [.. Enumerable.Range(0, Height * Width).Select(i => (float)i)];

    [Fact]
    public void Draw_ManyCrops_AreTheEightTurnsOfSquaresAtAllPlaces()
    {
        var source = new ExampleCrops([new TrainingExample("a", Height, Width, [Plane], Plane)], new Augmentation());
        var seen = new HashSet<(int, int)>();
        var corners = (First: new HashSet<float>(), Steps: new HashSet<(float, float)>());
        for (ulong i = 0; i < 4000; i++)
        {
            var (input, target) = Draw(source, i);
            Assert.Equal(input, target);

            // Steps along the crop's row and column are one step in the image each, along different axes, the same everywhere.
            var (along, across) = (input[1] - input[0], input[Size] - input[0]);
            Assert.Equal([1f, Width], new[] { Math.Abs(along), Math.Abs(across) }.Order());
            for (var k = 0; k < input.Length; k++)
            {
                Assert.Equal(input[0] + (along * (k % Size)) + (across * (k / Size)), input[k]);
            }

            corners.Steps.Add((along, across));
            var first = (int)input.Min();
            seen.Add((first / Width, first % Width));
        }

        Assert.Equal(8, corners.Steps.Count);
        Assert.Equal((Height - Size + 1) * (Width - Size + 1), seen.Count);
    }

    [Fact]
    public void Draw_WithBrightness_ShiftsInputAndTargetAlike()
    {
        var source = new ExampleCrops([new TrainingExample("a", Height, Width, [Plane], Plane)], new Augmentation { Turns = false, Brightness = 5 });
        var shifts = Enumerable.Range(0, 400).Select(i =>
        {
            var (input, target) = Draw(source, (ulong)i);
            Assert.Equal(input, target);
            return input[0] - Math.Round(input[0]);
        }).ToArray();
        Assert.True(shifts.Distinct().Count() > 300);
    }

    [Fact]
    public void Draw_BatchOfAStep_DoesNotDependOnThreadsOrOrder()
    {
        var source = new ExampleCrops([new TrainingExample("a", Height, Width, [Plane], Plane)], new Augmentation());
        var sampler = new BatchSampler(source, 6, 1, Size, 5);
        using var first = sampler.Draw(3);
        using var other = sampler.Draw(4);
        using var again = new BatchSampler(source, 6, 1, Size, 5).Draw(3);
        Assert.True(first.Input.equal(again.Input));
        Assert.False(first.Input.equal(other.Input));
        Assert.Null(first.Weight);
    }

    [Fact]
    public void Draw_BlindSpots_HidesOnePixelOfEachCellAndNothingElse()
    {
        const int Side = 20;
        var plane = Enumerable.Range(0, 40 * 40).Select(i => (float)i).ToArray();
        var source = new BlindSpotCrops(new ExampleCrops([new TrainingExample("a", 40, 40, [plane, plane, plane], plane)], new Augmentation { Turns = false }));
        var places = new HashSet<int>();
        for (ulong i = 0; i < 300; i++)
        {
            var (input, target, weight) = (new float[3 * Side * Side], new float[Side * Side], new float[Side * Side]);
            source.Draw(new Crop(input, target, weight, 0, 3, Side), new SeededRandom(1, i));
            for (var y = 0; y < Side; y++)
            {
                for (var x = 0; x < Side; x++)
                {
                    var at = (y * Side) + x;
                    var hidden = input[(Side * Side) + at];
                    Assert.Equal(target[at], input[at]);
                    Assert.Equal(target[at], input[(2 * Side * Side) + at]);
                    Assert.Equal(weight[at] == 1, hidden != target[at]);
                    var (dy, dx) = ((int)(hidden - target[0]) / 40, (int)(hidden - target[0]) % 40);
                    Assert.True(Math.Abs(dy - y) <= 2 && Math.Abs(dx - x) <= 2, $"From ({dy}, {dx}) to ({y}, {x}).");
                }
            }

            for (var cell = 0; cell < 9; cell++)
            {
                var inside = Enumerable.Range(0, Side * Side)
                    .Where(at => at / Side / 8 == cell / 3 && at % Side / 8 == cell % 3 && weight[at] == 1).ToArray();
                places.Add(Assert.Single(inside));
            }

            Assert.All(weight, value => Assert.True(value is 0 or 1));
        }

        Assert.True(places.Count > Side * Side * 9 / 10, $"Only {places.Count} places were ever hidden.");
    }

    private static (float[] Input, float[] Target) Draw(ExampleCrops source, ulong number)
    {
        var (input, target) = (new float[Size * Size], new float[Size * Size]);
        source.Draw(new Crop(input, target, new float[Size * Size], 0, 1, Size), new SeededRandom(1, number));
        return (input, target);
    }
}
