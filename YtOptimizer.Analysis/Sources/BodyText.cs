namespace YtOptimizer.Analysis.Sources;

/// <summary>All of a video's text but the title, indexed.</summary>
/// <param name="Length">Of description and transcript, without tags.</param>
/// <param name="Pairs">Neighbouring content words, as "a b".</param>
internal sealed record BodyText(int Length, HashSet<string> Stems, HashSet<string> Pairs, string Folded, string Lower)
{
    private ToldForms? forms;

    /// <summary>The stems by beginning and script.</summary>
    public ToldForms Forms => forms ??= new ToldForms(Stems);
}
