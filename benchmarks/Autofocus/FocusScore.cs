namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>Figures of answers.</summary>
internal static class FocusScore
{
    private const double Near = 1.5;

    /// <summary>Adds top-1, mean absolute error, share within 1.5 µm, and how often the sign was told and wrong.</summary>
    public static void Signed(List<Figure> figures, string name, IReadOnlyList<(FocusCase Case, FocusAnswer Answer)> answers)
    {
        if (answers.Count == 0)
        {
            return;
        }

        var errors = answers.Select(a => Math.Abs(a.Answer.Defocus - a.Case.Defocus)).ToArray();
        figures.Add(new($"{name}_frames", answers.Count));
        figures.Add(new($"{name}_top1", Share(answers, a => a.Answer.Likely.Equals(Class(a.Case.Defocus)))));
        figures.Add(new($"{name}_mae_um", errors.Average(), "µm"));
        figures.Add(new($"{name}_within_1_5_um", Share(errors, error => error <= Near)));
        figures.Add(new($"{name}_distance_within_1_5_um", Share(answers, a => Math.Abs(a.Answer.Distance - Math.Abs(a.Case.Defocus)) <= Near)));
        figures.Add(new($"{name}_sign_told", Share(answers, a => a.Answer.SignKnown)));
        figures.Add(new($"{name}_sign_told_wrong", Share(answers, a => a.Answer.SignKnown && Math.Abs(a.Case.Defocus) > 1 && a.Answer.Defocus * a.Case.Defocus < 0)));
    }

    /// <summary>Adds the same for distances alone, and how often a sign was told that nobody can know.</summary>
    public static void Distance(List<Figure> figures, string name, IReadOnlyList<(FocusCase Case, FocusAnswer Answer)> answers)
    {
        if (answers.Count == 0)
        {
            return;
        }

        var errors = answers.Select(a => Math.Abs(a.Answer.Distance - Math.Abs(a.Case.Defocus))).ToArray();
        figures.Add(new($"{name}_frames", answers.Count));
        figures.Add(new($"{name}_top1", Share(answers, a => a.Answer.LikelyDistance.Equals(Class(Math.Abs(a.Case.Defocus))))));
        figures.Add(new($"{name}_mae_um", errors.Average(), "µm"));
        figures.Add(new($"{name}_within_1_5_um", Share(errors, error => error <= Near)));
        figures.Add(new($"{name}_sign_told_beyond_1_um", Share(answers, a => a.Answer.SignKnown && Math.Abs(a.Case.Defocus) > 1.5)));
    }

    /// <summary>The class nearest to a defocus, in µm.</summary>
    public static double Class(double defocus) => Math.Round(Math.Clamp(defocus, -10, 10) * 2) / 2;

    private static double Share<T>(IReadOnlyList<T> all, Func<T, bool> isSo) => all.Count(isSo) / (double)all.Count;
}
