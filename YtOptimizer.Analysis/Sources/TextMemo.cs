using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>
/// What was read from texts within one analysis. Drafts differ from the video, and from each other, in one part at a time: the other
/// parts are read once. Not thread-safe.
/// </summary>
internal sealed class TextMemo(LanguageDetector detector)
{
    private readonly Dictionary<string, (string Text, bool Hidden)> cleaned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Safe, List<string> Removed)> safe = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Title, string Description, string Language), (TextFeatures, List<RankedPhrase>)> ranked = [];

    /// <summary>Languages of texts.</summary>
    public LanguageMemo Languages { get; } = new(detector);

    /// <summary>A text as people see it, and whether invisible characters went.</summary>
    public string Clean(string raw, out bool hidden)
    {
        if (!cleaned.TryGetValue(raw, out var known))
        {
            known.Text = TextCleaner.Clean(References.Decode(raw), out known.Hidden);
            cleaned[raw] = known;
        }

        hidden = known.Hidden;
        return known.Text;
    }

    /// <summary>A text without sentences that address a model; those are added to <paramref name="suspicious"/>.</summary>
    public string Safe(string text, List<string> suspicious)
    {
        if (!safe.TryGetValue(text, out var known))
        {
            var removed = new List<string>();
            safe[text] = known = (PromptInjectionDetector.Remove(text, removed), removed);
        }

        suspicious.AddRange(known.Removed);
        return known.Safe;
    }

    /// <summary>The phrases of a title and a description, best first.</summary>
    public (TextFeatures Text, List<RankedPhrase> Phrases) Rank(string title, string description, string language, KeyphraseModel model)
    {
        var key = (title, description, language);
        if (!ranked.TryGetValue(key, out var known))
        {
            ranked[key] = known = KeyphraseRanker.Rank(title, description, StopWords.For(language), model);
        }

        return known;
    }
}
