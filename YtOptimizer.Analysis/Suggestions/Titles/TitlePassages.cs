using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <param name="Text">One sentence.</param>
/// <param name="Order">Its place among all sentences about the video.</param>
/// <param name="Whole">Ends with a mark of its own.</param>
/// <param name="Spoken">Said in the video and not written about it.</param>
internal readonly record struct TitlePassage(string Text, int Order, bool Whole, bool Spoken = false);

/// <summary>Sentences about the video, from the description and the first minutes of the transcript.</summary>
internal static class TitlePassages
{
    private const int Most = 12;
    private const int Longest = 400;
    private const int Spoken = 3000;

    public static List<TitlePassage> Find(Source source)
    {
        var found = new List<TitlePassage>();
        var text = source.SafeDescription;
        var glued = HashtagRuns.IsOneLine(text);
        for (var i = 0; i < source.Passages.Count && found.Count < Most; i++)
        {
            var passage = source.Passages[i];
            if (passage.Kind != PassageKind.Prose)
            {
                continue;
            }

            // Where line breaks were lost a link swallows the first word after it.
            var afterLink = glued && i > 0 && source.Passages[i - 1].Kind is not (PassageKind.Prose or PassageKind.Chapter);
            var end = passage.End;
            while (
                i + 1 < source.Passages.Count && source.Passages[i + 1] is { Kind: PassageKind.Prose } next && GoesOn(text, end, next.Start)
            )
            {
                end = next.End;
                i++;
            }

            if (!afterLink)
            {
                Add(text[passage.Start..end], found);
            }
        }

        var spoken = Graphemes.Take(source.Speech.Body, Spoken);
        foreach (var range in Sentences.Split(spoken).Take(30))
        {
            if (found.Count < Most + 10 && Passages.Classify(spoken[range]) == PassageKind.Prose)
            {
                Add(spoken[range], found, isSpoken: true);
            }
        }

        return found;
    }

    // A line that was wrapped by hand: one line break, no mark before it, and a line long enough to have been full.
    private static bool GoesOn(string text, int end, int next)
    {
        var last = text[end - 1];
        var line = end - 1 - text.LastIndexOf('\n', end - 1);
        return text.AsSpan(end, next - end).Count('\n') <= 1
            && (
                line >= 40
                || Scripts.IsUnspaced(Scripts.Of(new System.Text.Rune(char.IsSurrogate(text[next]) ? ' ' : text[next]), Script.Other))
            )
            && (char.IsLetterOrDigit(last) || last is ',' or '-' or '、' or '，');
    }

    private static void Add(string text, List<TitlePassage> found, bool isSpoken = false)
    {
        var flat = TextCleaner.Tidy(text.Replace('\n', ' '));
        if (flat.Length is >= 12 and <= Longest && Markup.Find(flat).Count == 0)
        {
            found.Add(
                new TitlePassage(
                    flat,
                    found.Count,
                    flat[^1] is '.' or '!' or '?' or '。' or '！' or '？' or '؟' or '।' or '”' or '"' or '»',
                    isSpoken
                )
            );
        }
    }
}
