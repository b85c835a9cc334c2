namespace InferenceBridge.Models;

/// <summary>Checked parameters of <see cref="RichardsonLucyOperation"/>.</summary>
/// <param name="Iterations">Number of iterations at most.</param>
/// <param name="Background">Light and camera offset that no object emits, in ADU.</param>
/// <param name="PeriodicEdges">True where the image is taken to go on at its opposite face.</param>
/// <param name="StartFromMean">True where the first estimate is constant.</param>
internal sealed record RichardsonLucyOptions(int Iterations, double Background, bool PeriodicEdges, bool StartFromMean)
{
    private const string IterationsName = "iterations";
    private const string StopName = "stop_below";
    private const string AccelerationName = "acceleration";
    private const string RegularisationName = "regularisation";
    private const string WeightName = "regularisation_weight";
    private const string StartName = "start";
    private const string Mean = "mean";

    /// <summary>Relative change of the estimate in an iteration below which no further one follows; 0 for never.</summary>
    public double StopBelow { get; init; }

    /// <summary>How the starting point of an iteration is predicted.</summary>
    public Acceleration Acceleration { get; init; }

    /// <summary>Whether it is.</summary>
    public bool Accelerated => Acceleration != Acceleration.None;

    /// <summary>What is asked of the estimate beside the data.</summary>
    public Regularisation Regularisation { get; init; }

    /// <summary>How much that weighs.</summary>
    public double Weight { get; init; }

    /// <summary>What the operation declares.</summary>
    public static IReadOnlyList<ParameterDeclaration> Declarations { get; } =
    [
        new IntegerParameter(IterationsName,
            "Number of iterations, at most. More of them sharpen further and amplify noise.", 20, 1, 10_000),
        new NumberParameter(StopName,
            "Stops before that once an iteration changes the estimate by less than this part of its light. 0: never.", 0, 0, 0.1),
        new ChoiceParameter(AccelerationName,
            "Start each iteration from a prediction: gets as far as plain iterations in a third to a tenth of their number.", "none",
        [
            new Choice("none", "Plain iterations."),
            new Choice("biggs-andrews", "As far along the last step as the last two agree (Biggs and Andrews 1997)."),
            new Choice("nesterov", "A share of the last step that grows as (k − 1) / (k + 2): blocks of a large stack fit each other best."),
        ]),
        new ChoiceParameter(RegularisationName, "What keeps noise down.", "none",
        [
            new Choice("none", "Nothing but the number of iterations."),
            new Choice("total-variation", "Total variation (Dey 2006): flat areas become smooth, edges stay sharp. Harms fine threads and points."),
            new Choice("tikhonov", "Squared gradient: everything becomes a little smoother."),
        ]),
        new NumberParameter(WeightName,
            "Weight of the regularisation, where there is one: higher is smoother.", 0.002, 0, 0.1),
        DeconvolutionOptions.BackgroundParameter,
        DeconvolutionOptions.EdgesParameter,
        new ChoiceParameter(StartName, "The first estimate.", "data",
        [
            new Choice("data", "The image less the background: gets closer to the object in fewer iterations."),
            new Choice(Mean, "The mean of the image less the background, everywhere."),
        ]),
        .. PsfOptions.Declarations,
    ];

    /// <summary>Reads the checked parameters.</summary>
    public static RichardsonLucyOptions From(ParameterSet parameters) => new(
        parameters.Integer(IterationsName),
        parameters.Number(DeconvolutionOptions.BackgroundName),
        DeconvolutionOptions.IsPeriodic(parameters),
        parameters.Choice(StartName) == Mean)
    {
        StopBelow = parameters.Number(StopName),
        Acceleration = parameters.Choice(AccelerationName) switch
        {
            "biggs-andrews" => Acceleration.BiggsAndrews,
            "nesterov" => Acceleration.Nesterov,
            _ => Acceleration.None,
        },
        Weight = parameters.Number(WeightName),
        Regularisation = parameters.Choice(RegularisationName) switch
        {
            "total-variation" => Regularisation.TotalVariation,
            "tikhonov" => Regularisation.Tikhonov,
            _ => Regularisation.None,
        },
    };
}
