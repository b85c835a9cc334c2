namespace InferenceBridge.Models.Training;

/// <summary>What a registration network learns from.</summary>
public enum RegistrationMode
{
    /// <summary>Pairs that are made from clean images, so that the displacements are known.</summary>
    Supervised,

    /// <summary>The frames of movies against their mean, whose displacements nobody knows: what counts is that frames lie on it.</summary>
    Self,
}
