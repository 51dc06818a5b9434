namespace YtOptimizer.Analysis.Text;

/// <param name="Code">ISO 639-1 code or "und".</param>
/// <param name="Confidence">0–1.</param>
/// <param name="Origin">Where <paramref name="Code"/> comes from.</param>
public sealed record LanguageInfo(string Code, double Confidence, LanguageOrigin Origin);

public enum LanguageOrigin
{
    Undetermined,
    Declared,
    Detected,
}
