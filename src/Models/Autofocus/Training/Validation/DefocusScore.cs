using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models.Training;

/// <summary>How good a network's answers are, over frames.</summary>
/// <param name="Count">Frames.</param>
/// <param name="TopOne">Share whose most likely class is the true one; of distances where signs are not asked for.</param>
/// <param name="MeanError">Mean absolute error of the answer in µm.</param>
/// <param name="Within">Share of answers within 1.5 µm.</param>
internal sealed record DefocusScore(int Count, double TopOne, double MeanError, double Within)
{
    /// <summary>Error up to which an answer counts as near, in µm.</summary>
    public const double Near = 1.5;

    /// <summary>Judges answers with their signs.</summary>
    public static DefocusScore Signed(IReadOnlyList<(float[] Probabilities, double Defocus)> answers) => Of(answers,
        answer => Array.IndexOf(answer.Probabilities, answer.Probabilities.Max()) == DefocusClasses.Of(answer.Defocus),
        answer => Math.Abs(DefocusPosterior.Of(answer.Probabilities).DefocusMicrometres - answer.Defocus));

    /// <summary>Judges distances alone.</summary>
    public static DefocusScore Distance(IReadOnlyList<(float[] Probabilities, double Defocus)> answers) => Of(answers,
        answer => DefocusPosterior.DistanceClass(answer.Probabilities) == DefocusClasses.Of(Math.Abs(answer.Defocus)) - DefocusClasses.Focused,
        answer => Math.Abs(DefocusPosterior.Of(answer.Probabilities).Distance - Math.Abs(answer.Defocus)));

    private static DefocusScore Of(
        IReadOnlyList<(float[], double)> answers, Func<(float[] Probabilities, double Defocus), bool> isRight, Func<(float[] Probabilities, double Defocus), double> error)
    {
        var errors = answers.Select(error).ToArray();
        return answers.Count == 0
            ? new DefocusScore(0, double.NaN, double.NaN, double.NaN)
            : new DefocusScore(answers.Count, answers.Count(isRight) / (double)answers.Count, errors.Average(), errors.Count(e => e <= Near) / (double)answers.Count);
    }
}
