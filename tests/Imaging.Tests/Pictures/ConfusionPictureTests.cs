namespace InferenceBridge.Imaging.Tests;

public class ConfusionPictureTests
{
    [Fact]
    public void Create_Answers_TruthGoesRightAnswersGoUp()
    {
        var picture = ConfusionPicture.Create(3, [(0, 0), (0, 0), (2, 1), (2, 2)]);
        Assert.Equal((30, 30, 3), (picture.Width, picture.Height, picture.Channels));
        byte[] At(int truth, int answer) => picture.Row(((2 - answer) * 10) + 4).Slice(((truth * 10) + 4) * 3, 3).ToArray();
        Assert.Equal([255, 255, 255], At(0, 0));

        // Half of a class's frames: the root of a half between the least grey and white.
        Assert.Equal(At(2, 1), At(2, 2));
        Assert.InRange(At(2, 1)[0], 24 + (231 * 0.7), 24 + (231 * 0.72));
        Assert.Equal([24, 24, 24], At(0, 1));

        // No frame of class 1: its place on the diagonal is told apart.
        Assert.NotEqual(At(1, 1)[0], At(1, 1)[1]);
    }
}
