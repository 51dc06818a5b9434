using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <param name="Text">One sentence.</param>
/// <param name="Order">Its place among all sentences about the video.</param>
/// <param name="Whole">Ends with a mark of its own.</param>
internal readonly record struct TitlePassage(string Text, int Order, bool Whole);

/// <summary>Sentences about the video, from the description and the first minutes of the transcript.</summary>
internal static class TitlePassages
{
    private const int Most = 12;
    private const int Longest = 400;
    private const int Spoken = 3000;

    public static List<TitlePassage> Find(Source source)
    {
        var found = new List<TitlePassage>();
        foreach (var passage in source.Passages)
        {
            if (passage.Kind == PassageKind.Prose && found.Count < Most)
            {
                Add(source.SafeDescription.Substring(passage.Start, passage.Length), found);
            }
        }

        var spoken = Graphemes.Take(source.SafeTranscript, Spoken);
        foreach (var range in Sentences.Split(spoken).Take(30))
        {
            if (found.Count < Most + 10 && Passages.Classify(spoken[range]) == PassageKind.Prose)
            {
                Add(spoken[range], found);
            }
        }

        return found;
    }

    private static void Add(string text, List<TitlePassage> found)
    {
        var flat = TextCleaner.Tidy(text.Replace('\n', ' '));
        if (flat.Length is >= 12 and <= Longest && Markup.Find(flat).Count == 0)
        {
            found.Add(new TitlePassage(flat, found.Count, flat[^1] is '.' or '!' or '?' or '。' or '！' or '？' or '؟' or '।' or '”' or '"' or '»'));
        }
    }
}
