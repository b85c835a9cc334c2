namespace InferenceBridge.Client;

/// <summary>Type of a parameter's value.</summary>
public enum ParameterKind
{
    /// <summary>A real number (double).</summary>
    Number = 1,

    /// <summary>A whole number (long).</summary>
    Integer = 2,

    /// <summary>A switch (bool).</summary>
    Boolean = 3,

    /// <summary>One of a few named values (string).</summary>
    Choice = 4,
}
