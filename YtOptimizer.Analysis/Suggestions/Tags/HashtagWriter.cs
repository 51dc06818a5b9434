using System.Text;
using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Hashtags: the creator's own first, then from the best phrases. Letters and digits only, no two alike by case or
/// diacritics.</summary>
internal static class HashtagWriter
{
    private const int Longest = 30;
    private const int MostRead = 15;
    private const int Wanted = 3;

    // Ends a hashtag for YouTube, although Japanese names hold it.
    private const char MiddleDot = '\u30FB';
    private const double LikelyTag = 0.2;
    private const double LikelyName = 0.1;
    private const double SureTag = 0.3;
    private const double SureKind = 0.8;

    public static List<string> Write(Source source, GroundingRules rules, int most)
    {
        var chosen = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var existing in Existing(source.SafeTitle + "\n" + source.SafeDescription))
        {
            // "#SubscribeNow" is no subject.
            if (OwnTags.MayStay(source, WordForms.SplitCamel(existing[1..])))
            {
                Add(existing, chosen, seen, most);
            }
        }

        foreach (
            var phrase in source
                .Main.Select(main => main.Phrase)
                .Where(phrase => TagQuality.IsTag(source, phrase))
                .Concat(TagPhrases.Choose(source, rules, MostRead))
        )
        {
            if (!IsTopic(source, phrase) || !rules.IsShownTag(TagWriter.Display(phrase.Surface), likely: phrase.Probability >= SureTag))
            {
                continue;
            }

            // "#Paul" beside "#JakePaul" says nothing more.
            var key = Key(phrase.Surface);
            if (!seen.Any(other => other.Contains(key, StringComparison.Ordinal) || key.Contains(other, StringComparison.Ordinal)))
            {
                Add(
                    Make(IsShortForm(phrase.Surface) ? phrase.Surface : Casing.Calm(phrase.Surface, source), source.Language.Code),
                    chosen,
                    seen,
                    most
                );
            }
        }

        // A hashtag of the kind is better than a word of the text that says nothing by itself.
        if (
            chosen.Count < Wanted
            && source.Kind.Confidence >= SureKind
            && KindTags.Term(source) is { } term
            && !term.Contains(' ', StringComparison.Ordinal)
        )
        {
            Add(Make(term, source.Language.Code), chosen, seen, most);
        }

        return chosen;
    }

    // The subject in a few words: no whole title, no counted thing ("10Points"), no single word that everybody writes.
    private static bool IsTopic(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        if (candidate.Has(CandidateMarks.WholeTitle) || candidate.Words.Length > 3 || !PhraseQuality.IsPresentable(source, phrase))
        {
            return false;
        }

        if (PhraseQuality.IsTagged(source, phrase))
        {
            return true;
        }

        return !candidate.Words.Any(word => word.All(char.IsDigit))
            && (
                candidate.Words.Length > 1
                || phrase.Probability >= LikelyTag
                || (candidate.Capitalized > 0 && !source.IsEveryday(candidate.Key) && phrase.Probability >= LikelyName)
            );
    }

    public static IEnumerable<string> Existing(string text) =>
        Markup
            .Find(text)
            .Where(span => span.Kind == MarkupKind.Hashtag)
            .Select(span => "#" + Unglued(text, span))
            .Where(tag => tag.Length > 1);

    // "#Songhttp://…": the line break between them was lost.
    private static string Unglued(string text, MarkupSpan span)
    {
        var body = text.Substring(span.Start + 1, span.Length - 1);
        var scheme = text.AsSpan(span.End).StartsWith("://", StringComparison.Ordinal)
            ? body.EndsWith("https", StringComparison.Ordinal)
                ? 5
                : body.EndsWith("http", StringComparison.Ordinal)
                    ? 4
                    : 0
            : 0;
        return body[..^scheme];
    }

    /// <summary>"Gucci Mane" → "#GucciMane"; scripts without case are just joined.</summary>
    public static string Make(string phrase, string language = "")
    {
        var output = new StringBuilder("#");
        var start = true;
        for (var i = 0; i < phrase.Length; )
        {
            if (!Rune.TryGetRuneAt(phrase, i, out var rune))
            {
                i++;
                continue;
            }

            if (!Folding.IsWord(rune))
            {
                // Joiners, Hebrew geresh and the Catalan dot are spelling.
                if (
                    WordSigns.JoinsWord(phrase, i)
                    || (
                        output.Length > 1 && !start && WordSigns.IsInner(phrase[i]) && i + 1 < phrase.Length && char.IsLetter(phrase[i + 1])
                    )
                )
                {
                    output.Append(
                        rune.Value switch
                        {
                            '\'' or '’' => WordSigns.Geresh,
                            '"' or '”' => WordSigns.Gershayim,
                            _ => phrase[i],
                        }
                    );
                }
                else
                {
                    start = rune.Value is not ('\'' or '’');
                }
            }
            else if (rune.Value != WordSigns.Tatweel)
            {
                output.Append(start ? Casing.Capitalize(rune.ToString(), language) : rune.ToString());
                start = false;
            }

            i += rune.Utf16SequenceLength;
        }

        return output.ToString();
    }

    // "СССР", "NASA".
    private static bool IsShortForm(string surface) => surface.Length <= 5 && !surface.Contains(' ', StringComparison.Ordinal);

    private static string Key(string text) => Folding.Fold(Folding.StripDiacritics(text)).Replace(" ", "", StringComparison.Ordinal);

    private static void Add(string hashtag, List<string> chosen, HashSet<string> seen, int most)
    {
        var body = hashtag[1..];
        var key = Key(body);
        if (
            chosen.Count < most
            && key.Length is >= 2 and <= Longest
            && body.EnumerateRunes().Any(Rune.IsLetter)
            && !body.Contains(MiddleDot)
            && seen.Add(key)
        )
        {
            chosen.Add(hashtag);
        }
    }
}
