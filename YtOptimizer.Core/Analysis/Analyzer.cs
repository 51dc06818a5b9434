namespace YtOptimizer.Core.Analysis;

/// <summary>
/// Deterministic analysis without key or network. Thread-safe; keep one per process (models load lazily on first use).
/// A pure function of input, options and <see cref="Version"/>: no clock, culture or randomness.
/// </summary>
public sealed class Analyzer
{
    /// <summary>Changes whenever equal input may give a different result.</summary>
    public const string Version = "1.0.0";

    public AnalysisResult Analyze(VideoInput input, AnalysisOptions? options = null) => throw new NotSupportedException("The analyzer is being built.");
}
