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
    private const int LongestKept = 20_000;

    private readonly Dictionary<string, (string Text, bool Hidden)> cleaned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Safe, List<string> Removed)> safe = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Title, string Description, string Language), (TextFeatures, List<RankedPhrase>)> ranked = [];
    private readonly Dictionary<(string Text, string Language), List<Token>> tokens = [];
    private readonly Dictionary<(string Text, string Language), TextIndex> indexes = [];
    private readonly Dictionary<string, Stemming> stemmings = new(StringComparer.Ordinal);

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

    /// <summary>The words of a text; not to be changed.</summary>
    public List<Token> Tokens(string text, string language)
    {
        if (text.Length > LongestKept)
        {
            return Tokenizer.Tokenize(text, StopWords.For(language));
        }

        var key = (text, language);
        if (!tokens.TryGetValue(key, out var known))
        {
            tokens[key] = known = Tokenizer.Tokenize(text, StopWords.For(language));
        }

        return known;
    }

    /// <summary>The words of a text in the forms that support is looked up in; not to be changed.</summary>
    public TextIndex Index(string text, string language)
    {
        var key = (text, language);
        if (!indexes.TryGetValue(key, out var known))
        {
            indexes[key] = known = TextIndex.Of(text, Tokens(text, language), Stemming(language));
        }

        return known;
    }

    /// <summary>Knows the stems of all words of the texts so far.</summary>
    public Stemming Stemming(string language)
    {
        if (!stemmings.TryGetValue(language, out var known))
        {
            stemmings[language] = known = Text.Stemming.For(language);
        }

        return known;
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
