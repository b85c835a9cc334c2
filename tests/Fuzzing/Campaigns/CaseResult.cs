namespace InferenceBridge.Fuzzing.Campaigns;

/// <summary>What came of a case.</summary>
internal enum CaseResult
{
    /// <summary>The volume could be read.</summary>
    Read,

    /// <summary>One clear error.</summary>
    Refused,

    /// <summary>Another exception, or too much memory; written by the child.</summary>
    Failed,

    /// <summary>The process died.</summary>
    Died,

    /// <summary>The case did not end.</summary>
    Hung,
}
