namespace InferenceBridge.Models.Tests;

/// <summary>A stage with play, and the frames that it would see: what a search is tested against.</summary>
internal sealed class SimulatedStage(double start, double backlash = 0)
{
    private double _coupled = start - (backlash / 2);

    /// <summary>Where the focus is, in µm.</summary>
    public double Focus { get; set; }

    /// <summary>Score of a defocus in µm.</summary>
    public Func<double, double> Score { get; init; } = Peak(2);

    /// <summary>What a network says of a defocus in µm; null for no network.</summary>
    public Func<double, DefocusEstimate?> Estimate { get; init; } = _ => null;

    /// <summary>What the search is told of the score's scatter; NaN for nothing.</summary>
    public double ScoreNoise { get; init; } = double.NaN;

    public double Z { get; private set; } = start;

    /// <summary>Where it really is.</summary>
    public double Actual => _coupled + (backlash / 2);

    public double Defocus => Actual - Focus;

    /// <summary>Every place that it was sent to.</summary>
    public List<double> Places { get; } = [start];

    public List<FocusAdvice> Advices { get; } = [];

    public FocusAdvice Last => Advices[^1];

    /// <summary>A Lorentzian over a constant.</summary>
    public static Func<double, double> Peak(double width) => defocus => 20 + (100 / (1 + (defocus * defocus / (width * width))));

    public static DefocusEstimate Signed(double defocus, double deviation = 0.2, double confidence = 0.9) =>
        new(defocus, deviation, Math.Abs(defocus), true, confidence, Math.Abs(defocus) > 10.2, false, []);

    public static DefocusEstimate Open(double distance, double deviation = 0.2, double confidence = 0.9) =>
        new(distance, deviation, Math.Abs(distance), false, confidence, Math.Abs(distance) > 10.2, false, []);

    /// <summary>Goes on until a search ends; the number of frames is bounded.</summary>
    public FocusAdvice Run(AutofocusSearch search, int most = 200)
    {
        do
        {
            Step(search);
        }
        while (Last.State == FocusState.Searching && --most > 0);

        Assert.True(most > 0, "The search does not end.");
        return Last;
    }

    /// <summary>One frame, and where it leads.</summary>
    public FocusAdvice Step(AutofocusSearch search)
    {
        var advice = search.Advance(new FocusObservation(Z, Score(Defocus), Estimate(Defocus), false) { Noise = ScoreNoise });
        Advices.Add(advice);
        if (advice.ApproachMicrometres is { } approach)
        {
            MoveTo(approach);
        }

        if (advice.ApproachMicrometres is not null || advice.MoveMicrometres != 0)
        {
            MoveTo(advice.TargetMicrometres);
        }

        return advice;
    }

    private void MoveTo(double z)
    {
        Places.Add(z);
        Z = z;
        _coupled = Math.Clamp(_coupled, z - backlash, z);
    }
}
