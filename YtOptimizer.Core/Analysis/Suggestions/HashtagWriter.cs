using System.Text;
using YtOptimizer.Core.Analysis.Keyphrases;
using YtOptimizer.Core.Analysis.Text;

namespace YtOptimizer.Core.Analysis.Suggestions;

/// <summary>Hashtags: the creator's own first, then from the best phrases. Letters and digits only, no two alike by case or diacritics.</summary>
internal static class HashtagWriter
{
    private const int Longest = 30;

    public static List<string> Write(Source source, int most)
    {
        var chosen = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var existing in Existing(source.SafeTitle + "\n" + source.SafeDescription))
        {
            Add(existing, chosen, seen, most);
        }

        foreach (var phrase in source.Main.Select(main => main.Phrase).Concat(source.Phrases.Take(20)))
        {
            if (phrase.Candidate.Has(CandidateMarks.InsideRun | CandidateMarks.EdgeStop | CandidateMarks.CrossesBreak | CandidateMarks.WholeTitle) || phrase.Candidate.Words.Length > 3)
            {
                continue;
            }

            Add(Make(phrase.Surface), chosen, seen, most);
        }

        return chosen;
    }

    public static IEnumerable<string> Existing(string text) =>
        Markup.Find(text).Where(span => span.Kind == MarkupKind.Hashtag).Select(span => string.Concat("#", text.AsSpan(span.Start + 1, span.Length - 1)));

    /// <summary>"Gucci Mane" → "#GucciMane"; scripts without case are just joined.</summary>
    public static string Make(string phrase)
    {
        var output = new StringBuilder("#");
        var start = true;
        foreach (var rune in phrase.EnumerateRunes())
        {
            if (!Folding.IsWord(rune))
            {
                start = rune.Value is not ('\'' or '’');
                continue;
            }

            output.Append(start ? Rune.ToUpperInvariant(rune).ToString() : rune.ToString());
            start = false;
        }

        return output.ToString();
    }

    private static void Add(string hashtag, List<string> chosen, HashSet<string> seen, int most)
    {
        var body = hashtag[1..];
        var key = Folding.Fold(Folding.StripDiacritics(body)).Replace(" ", "", StringComparison.Ordinal);
        if (chosen.Count < most && key.Length is >= 2 and <= Longest && body.EnumerateRunes().Any(Rune.IsLetter) && seen.Add(key))
        {
            chosen.Add(hashtag);
        }
    }
}
