namespace InferenceBridge.Imaging;

/// <summary>What a simulated specimen looks like.</summary>
public enum PhantomKind
{
    /// <summary>Fluorescent beads below the resolution limit, with a few larger ones.</summary>
    Beads,

    /// <summary>Branched tubules of 0.3 to 0.5 µm, as mitochondria or the endoplasmic reticulum form them.</summary>
    Tubules,

    /// <summary>Thin, stiff filaments that radiate from centres, as microtubules do.</summary>
    Filaments,

    /// <summary>Cells with a membrane, granular cytoplasm, vesicles, and a nucleus with chromatin and nucleoli.</summary>
    Cells,
}
