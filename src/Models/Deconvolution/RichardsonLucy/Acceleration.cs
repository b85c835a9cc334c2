namespace InferenceBridge.Models;

/// <summary>How the starting point of an iteration is predicted from the last two estimates.</summary>
internal enum Acceleration
{
    /// <summary>It is the last estimate.</summary>
    None,

    /// <summary>As far along the last step as the last two steps agree.</summary>
    BiggsAndrews,

    /// <summary>By a share of the last step that depends on the iteration's number alone.</summary>
    Nesterov,
}
