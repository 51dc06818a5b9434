using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>A sentence on the video that stands further down in its description, where few viewers read it.</summary>
internal static class ReadySentence
{
    private const int Quoted = 70;
    private const int FewestShared = 2;

    /// <summary>The request to move it to the top; null where no sentence is surely about the video, or it stands there already.</summary>
    public static string? Move(Source source)
    {
        if (AboutSentence.Find(source) is not { Opens: false } found || !IsSurelyAbout(source, found.Text))
        {
            return null;
        }

        var quoted = Graphemes.TakeWords(found.Text, Quoted);
        return $"Move “{quoted}{(quoted.Length < found.Text.Length ? "…" : "")}” to the very top of the description: "
            + "it says what the video is about.";
    }

    // It begins and ends as a sentence does, takes up most of the title, and speaks neither of the channel nor of credits.
    private static bool IsSurelyAbout(Source source, string sentence)
    {
        var title = source.ContentStems(source.SafeTitle).Distinct(StringComparer.Ordinal).ToList();
        var stems = source.ContentStems(sentence).ToHashSet(StringComparer.Ordinal);
        return (char.IsUpper(sentence[0]) || Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(sentence))))
            && sentence[^1] is '.' or '!' or '?' or '…' or '。' or '！' or '？'
            && title.Count(stems.Contains) >= Math.Min(FewestShared, title.Count)
            && !(source.Input.ChannelTitle is { Length: > 2 } channel && sentence.Contains(channel, StringComparison.OrdinalIgnoreCase))
            && TextCleaner.Tidy(ToldOfVideo.In(source)).Contains(sentence, StringComparison.Ordinal);
    }
}
