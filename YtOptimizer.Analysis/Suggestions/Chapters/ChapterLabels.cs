using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Chapters;

/// <summary>Names the parts of a talk by their own words: what the speaker announces, else the phrase that sets the part apart, best near
/// its start.</summary>
internal static class ChapterLabels
{
    private const int ScaleTokens = 12;

    /// <summary>A part says what it is about in its first minutes.</summary>
    private const int MostUnits = 40;
    private const int MostRead = 2500;

    /// <summary>From these probabilities of being a tag on, a phrase names something; below, the speaker's own opening words are the better
    /// name.</summary>
    private const double SurePhrase = 0.05;
    private const double SureWord = 0.25;

    public static List<string> Write(Source source, List<List<SpokenUnit>> parts)
    {
        var words = DiscourseWords.For(source.Language.Code);
        var stems = parts.ConvertAll(part => Stems(source, part));
        var holders = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var stem in stems.SelectMany(part => part.Keys))
        {
            holders[stem] = holders.GetValueOrDefault(stem) + 1;
        }

        var used = new HashSet<string>(StringComparer.Ordinal);
        var labels = new List<string>();
        for (var i = 0; i < parts.Count; i++)
        {
            var closing = i == parts.Count - 1 ? Closing(parts[i], words) : null;
            var opening = i == 0 && parts[i].Exists(unit => unit.Kind == SpokenKind.Greeting) ? source.Template.Intro : null;
            var label = opening
                ?? closing
                ?? Question(parts[i], words)
                ?? Announced(source, parts[i], words, used)
                ?? Phrase(source, parts[i], stems[i], holders, parts.Count, used, words)
                ?? (i == 0 ? source.Template.Intro : FirstWords(source, parts[i]));
            foreach (var stem in source.ContentStems(label))
            {
                used.Add(stem);
            }

            labels.Add(Casing.Capitalize(TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(label)), source.Language.Code));
        }

        return labels;
    }

    private static string? Announced(Source source, List<SpokenUnit> part, DiscourseWords words, HashSet<string> used)
    {
        var unit = part.Find(unit => unit.Kind == SpokenKind.Speech);
        return unit is null ? null
            : AnnouncedTopic.Find(source, unit.Text, words) is { } topic && !source.ContentStems(topic).All(used.Contains) ? topic
            : null;
    }

    /// <summary>A short question that opens the part: "What do beginners get wrong?"</summary>
    private static string? Question(List<SpokenUnit> part, DiscourseWords words)
    {
        foreach (var unit in part.Take(2).Where(unit => unit.Kind == SpokenKind.Speech))
        {
            foreach (var range in Sentences.Split(unit.Text))
            {
                var sentence = unit.Text[range];
                var start = sentence.IndexOf('¿', StringComparison.Ordinal);
                sentence = start > 0 ? sentence[start..] : WithoutTurn(sentence, words);
                if (sentence[^1] is '?' or '？' or '؟' && Graphemes.Count(sentence) is >= 10 and <= Limits.ChapterLabel)
                {
                    return sentence;
                }
            }
        }

        return null;
    }

    // "So, what…" → "What…"
    private static string WithoutTurn(string sentence, DiscourseWords words)
    {
        var comma = sentence.IndexOfAny([',', '、', '،']);
        return comma is > 0 and < 16 && words.Begins(words.Form(sentence[..comma]), DiscourseKind.Turn) > 0 && comma + 2 < sentence.Length
            ? sentence[(comma + 1)..].Trim()
            : sentence;
    }

    // "Fazit", "まとめ": the name the last part gives itself, as it is written there.
    private static string? Closing(List<SpokenUnit> part, DiscourseWords words)
    {
        foreach (var unit in part.Take(2))
        {
            if (
                words.Find(unit.Form, DiscourseKind.End) is { } phrase
                && unit.Text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase) is var at and >= 0
            )
            {
                return unit.Text.Substring(at, phrase.Length);
            }
        }

        return null;
    }

    // A phrase that surely names something, else the opening words, else the best phrase there is.
    private static string? Phrase(
        Source source,
        List<SpokenUnit> part,
        Dictionary<string, int> stems,
        Dictionary<string, int> holders,
        int parts,
        HashSet<string> used,
        DiscourseWords words
    )
    {
        var text = Graphemes.Take(string.Join(' ', Content(part).Select(unit => unit.Text).Take(MostUnits)), MostRead);
        var phrases = KeyphraseRanker.Rank("", text, source.StopWords, source.Model).Phrases;
        return Best(source, phrases, stems, holders, parts, used, sure: true)
            ?? OpeningClause.Find(part, words)
            ?? Best(source, phrases, stems, holders, parts, used, sure: false);
    }

    private static string? Best(
        Source source,
        List<RankedPhrase> phrases,
        Dictionary<string, int> stems,
        Dictionary<string, int> holders,
        int parts,
        HashSet<string> used,
        bool sure
    )
    {
        Candidate? best = null;
        var bestValue = 0.0;
        foreach (var (candidate, probability) in phrases)
        {
            WorkMeter.Count(8);
            if (
                sure
                && !(
                    candidate.Words.Length > 1
                        ? probability >= SurePhrase
                        : probability >= SureWord && candidate.Key.Length >= 4 && candidate.Total > 1
                )
            )
            {
                continue;
            }

            if (
                candidate.Has(CandidateMarks.EdgeStop | CandidateMarks.Unglued | CandidateMarks.Digits)
                || candidate.Words.Length > 4
                || candidate.Key.Length < 3
                || Graphemes.Count(candidate.Surface) > Limits.ChapterLabel
                || candidate.Words.Any(word =>
                    used.Contains(source.Stemming.Stem(word)) || (source.StopWords.Contains(word) && !AnnouncedTopic.Links.Contains(word))
                )
            )
            {
                continue;
            }

            // What creators tag is what names things; verbs and fillers are not tagged.
            var value = Value(source, candidate, stems, holders, parts) * Math.Sqrt(probability);
            if (value > bestValue || (value == bestValue && best is not null && string.CompareOrdinal(candidate.Key, best.Key) < 0))
            {
                best = candidate;
                bestValue = value;
            }
        }

        return best?.Surface;
    }

    // Frequent here, rare in the other parts and in other videos, said early, of two or three words.
    private static double Value(
        Source source,
        Candidate candidate,
        Dictionary<string, int> stems,
        Dictionary<string, int> holders,
        int parts
    )
    {
        var value = 0.0;
        var content = 0;
        foreach (var word in candidate.Words)
        {
            var stem = source.Stemming.Stem(word);
            if (!stems.TryGetValue(stem, out var here))
            {
                continue;
            }

            content++;
            var idf = Math.Log((source.Model.Lexicon.Channels + 1.0) / (source.Model.Lexicon.Word(word, null).Doc + 1.0));
            value += Math.Log(1 + here) * Math.Log((parts + 1.0) / holders.GetValueOrDefault(stem, 1)) * idf;
        }

        if (content == 0)
        {
            return 0;
        }

        var early = 1 + (1.2 * Math.Exp(-(double)Math.Max(0, candidate.FirstInDescription) / ScaleTokens));
        var length = content switch
        {
            1 => 0.75,
            2 or 3 => 1.25,
            _ => 1,
        };
        return Math.Round(value / content * early * length, 9);
    }

    private static string FirstWords(Source source, List<SpokenUnit> part) =>
        Graphemes.TakeWords(part[0].Text, Limits.ChapterLabel) is { Length: > 0 } words
            ? words.TrimEnd('.', '。', ',', '،', '、')
            : source.Template.Intro;

    private static Dictionary<string, int> Stems(Source source, List<SpokenUnit> part)
    {
        var stems = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var stem in Content(part).SelectMany(unit => source.ContentStems(unit.Text)))
        {
            stems[stem] = stems.GetValueOrDefault(stem) + 1;
        }

        return stems;
    }

    private static IEnumerable<SpokenUnit> Content(List<SpokenUnit> part) =>
        part.Exists(unit => unit.Kind == SpokenKind.Speech) ? part.Where(unit => unit.Kind == SpokenKind.Speech) : part;
}
