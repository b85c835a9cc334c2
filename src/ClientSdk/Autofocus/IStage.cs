namespace InferenceBridge.Client;

/// <summary>The z drive of a microscope.</summary>
public interface IStage
{
    /// <summary>Where it is, in µm.</summary>
    ValueTask<double> GetPositionAsync(CancellationToken cancellation = default);

    /// <summary>Moves, and ends when it has come to rest.</summary>
    /// <param name="zMicrometres">Where to, in µm.</param>
    /// <param name="cancellation">Gives up waiting; the stage may be anywhere on its way.</param>
    ValueTask MoveToAsync(double zMicrometres, CancellationToken cancellation = default);
}
