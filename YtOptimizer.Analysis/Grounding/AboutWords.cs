using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>The words of a video that are about the video: of title, channel, speech and those passages of the description that are not
/// masked. Tags do not count.</summary>
internal sealed class AboutWords
{
    private const int ShortestRoot = 4;

    private readonly Source source;
    private readonly SourceIndex index;
    private readonly HashSet<string> stems;
    private readonly Lazy<HashSet<string>> words;

    /// <param name="credits">Whether the names of those who made the video count.</param>
    public AboutWords(Source source, SourceIndex index, bool credits)
    {
        this.source = source;
        this.index = index;
        var kept = Passages.Keep(source.SafeDescription, source.Passages, passage =>
            passage.MayName || (credits && passage.Kind == PassageKind.Credit)
        );
        var text = string.Join('\n', [source.SafeTitle, source.Input.ChannelTitle ?? "", source.SafeTranscript, kept]);
        stems = source.ContentStems(text).ToHashSet(StringComparer.Ordinal);
        Glued = Folding.Fold(text).Replace(" ", "", StringComparison.Ordinal);
        words = new(() => FoldedWords.Of(Folding.Fold(text)), LazyThreadSafetyMode.None);
    }

    /// <summary>All of it in matching form, without spaces.</summary>
    public string Glued { get; }

    /// <summary>Its words in matching form.</summary>
    public HashSet<string> Words => words.Value;

    /// <summary>Whether a word, or a form of it, stands there.</summary>
    public bool Holds(Token token)
    {
        if (token.IsUnspaced)
        {
            return Glued.Contains(token.Folded.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        // Korean particles and endings follow the word; Arabic ones stand before it as well.
        if (token.Script == Script.Hangul)
        {
            return Glued.Contains(
                token.Folded[..Math.Min(token.Folded.Length, Math.Max(2, token.Folded.Length - 2))],
                StringComparison.Ordinal
            );
        }

        if (source.Language.Code is "ar" or "he" && token.Length >= ShortestRoot && Glued.Contains(token.Folded, StringComparison.Ordinal))
        {
            return true;
        }

        return token
            .Folded.Split(' ')
            .All(word =>
                stems.Contains(source.Stemming.Stem(word))
                || index.IsNear(word, stems)
                || (
                    source.Language.Code is "ar" or "he"
                    && Clitics.Without(word, source.Language.Code).Any(bare => stems.Contains(source.Stemming.Stem(bare)))
                )
            );
    }
}
