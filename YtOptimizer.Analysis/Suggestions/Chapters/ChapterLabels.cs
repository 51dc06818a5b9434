using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Chapters;

/// <summary>Names the parts of a talk by their own words: what the speaker announces, else the phrase that sets the part apart, best near
/// its start.</summary>
internal static class ChapterLabels
{
    private const double HeardPause = 0.3;
    private const int GreetingUnits = 3;

    /// <summary>A part says what it is about in its first minutes.</summary>
    private const int MostUnits = 40;
    private const int MostRead = 2500;

    /// <summary>From these probabilities of being a tag on, a phrase names something; below, the speaker's own opening words are the better
    /// name.</summary>
    private const double SurePhrase = 0.05;
    private const double SureWord = 0.25;
    private const double LeastOfLast = 0.9;

    /// <summary>A name for each part, and whether the speaker announces it so.</summary>
    public static List<(string Text, bool IsAnnounced)> Write(Source source, List<List<SpokenUnit>> parts)
    {
        var words = DiscourseWords.For(source.Language.Code);
        var talk = new TalkWords(source.Language.Code, source.Model.Lexicon, parts.ConvertAll(Text));
        var phrases = new PartPhrases(talk);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var labels = new List<(string, bool)>();
        for (var i = 0; i < parts.Count; i++)
        {
            var frame = Opening(source, parts[i], i, words)
                ?? Ending(source, parts[i], i == parts.Count - 1, words)
                ?? Question(talk, parts[i], i, words);
            var announced = frame is null ? Stated(source, talk, parts[i], used) ?? Announced(source, talk, parts[i], words, used) : null;
            var label = frame
                ?? announced
                ?? Named(source, talk, phrases, parts, i, used, LeastValue(parts, i))
                ?? (i == parts.Count - 1 && TakesLeave(parts[i]) ? source.Template.Outro : null)
                ?? OpeningClause.Find(parts[i], words)
                ?? (i == 0 ? source.Template.Intro : FirstWords(source, parts[i]));
            foreach (var stem in source.ContentStems(label))
            {
                used.Add(stem);
            }

            labels.Add(
                (Casing.Capitalize(TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(label)), source.Language.Code), announced is not null)
            );
        }

        return labels;
    }

    // Editors call the part that greets and says what comes "Intro".
    private static string? Opening(Source source, List<SpokenUnit> part, int index, DiscourseWords words) =>
        index == 0
        && part.Take(GreetingUnits).Any(unit => unit.Kind == SpokenKind.Greeting || words.Find(unit.Form, DiscourseKind.Greet) is not null)
            ? source.Template.Intro
            : null;

    // The name the last part gives itself ("Fazit"), or "Outro" where it is all farewell.
    private static string? Ending(Source source, List<SpokenUnit> part, bool isLast, DiscourseWords words)
    {
        if (!isLast)
        {
            return null;
        }

        var said = part.Sum(unit => unit.Text.Length);
        var farewell = part.Where(unit => unit.Kind is SpokenKind.SignOff or SpokenKind.Request or SpokenKind.Sponsor)
            .Sum(unit => unit.Text.Length);
        return Closing(part, words) ?? (farewell * 2 > said ? source.Template.Outro : null);
    }

    // In the part that says goodbye, something said in passing is no name.
    private static double LeastValue(List<List<SpokenUnit>> parts, int index) =>
        index == parts.Count - 1 && TakesLeave(parts[index]) ? LeastOfLast : 0;

    private static bool TakesLeave(List<SpokenUnit> part) => part.Exists(unit => unit.Kind == SpokenKind.SignOff);

    // What is said in a part, with a break where the speaker pauses.
    private static string Text(List<SpokenUnit> part)
    {
        var text = new System.Text.StringBuilder();
        foreach (var unit in Content(part))
        {
            text.Append(
                    text.Length == 0 ? ""
                    : unit.Pause > HeardPause ? ", "
                    : " "
                )
                .Append(unit.Text);
        }

        return text.ToString();
    }

    // The best of what stands in the part: names of things and deeds by their small words, and phrases that creators tag.
    private static string? Named(
        Source source,
        TalkWords talk,
        PartPhrases phrases,
        List<List<SpokenUnit>> parts,
        int index,
        HashSet<string> used,
        double least
    )
    {
        var ranked = Ranked(source, parts[index]);
        var probability = ranked.ToDictionary(phrase => phrase.Key, phrase => phrase.Probability, StringComparer.Ordinal);
        var candidates = phrases
            .Of(index)
            .Concat(
                ranked
                    .Where(phrase =>
                        !talk.KnowsThings
                        && Fits(source, phrase)
                        && !phrase.Candidate.Words.Any(word => talk.Roles.Skip.Contains(word) || phrases.IsConjugated(word))
                    )
                    .Select(phrase => new PartPhrase(
                        phrase.Surface,
                        0.8 * phrase.Candidate.Words.Sum(word => talk.Weight(word, index)) / Math.Pow(phrase.Candidate.Words.Length, 0.55),
                        [.. phrase.Candidate.Words.Select(talk.Stem)]
                    ))
            )
            .Where(phrase => !phrase.Stems.All(used.Contains))
            .Select(phrase =>
                phrase with
                {
                    Value = Math.Round(
                        phrase.Value
                            * (0.8 + Math.Sqrt(probability.GetValueOrDefault(Folding.Fold(phrase.Text))))
                            * (1 - (0.5 * phrase.Stems.Count(used.Contains) / phrase.Stems.Length)),
                        9
                    ),
                }
            )
            .OrderByDescending(phrase => phrase.Value)
            .ThenBy(phrase => phrase.Text, StringComparer.Ordinal)
            .ToList();
        return candidates.Count == 0 || candidates[0].Value < least ? null : candidates[0].Text;
    }

    private static List<RankedPhrase> Ranked(Source source, List<SpokenUnit> part)
    {
        var text = Graphemes.Take(string.Join(' ', Content(part).Select(unit => unit.Text).Take(MostUnits)), MostRead);
        return KeyphraseRanker.Rank("", text, source.StopWords, source.Model).Phrases;
    }

    // A phrase that surely names something.
    private static bool Fits(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return (
                candidate.Words.Length > 1
                    ? phrase.Probability >= SurePhrase
                    : phrase.Probability >= SureWord && candidate.Key.Length >= 2 && candidate.Total > 1
            )
            && !candidate.Has(CandidateMarks.EdgeStop | CandidateMarks.Unglued | CandidateMarks.Digits | CandidateMarks.InsideRun)
            && candidate.Words.Length <= 4
            && candidate.Key.Length >= 2
            && Graphemes.Count(candidate.Surface) <= Limits.ChapterLabel
            && !candidate.Words.Any(word => source.StopWords.Contains(word) && !AnnouncedTopic.Links.Contains(word));
    }

    // "Let's go over what you need", "passons aux poireaux".
    private static string? Stated(Source source, TalkWords talk, List<SpokenUnit> part, HashSet<string> used) =>
        StatedSubjects
            .OfPart(part, source.Language.Code)
            .Find(subject =>
                Graphemes.Count(subject.Text) is >= 3 and <= Limits.ChapterLabel
                && !source.ContentStems(subject.Text).All(used.Contains)
                && (subject.Slot == FrameSlot.Ask || talk.IsName(subject.Text))
            )
            ?.Text;

    private static string? Announced(Source source, TalkWords talk, List<SpokenUnit> part, DiscourseWords words, HashSet<string> used)
    {
        var unit = part.Find(unit => unit.Kind == SpokenKind.Speech);
        return unit is null ? null
            : AnnouncedTopic.Find(source, unit.Text, words) is { } topic
            && !source.ContentStems(topic).All(used.Contains)
            && talk.IsName(topic)
                ? topic
            : null;
    }

    /// <summary>A short question that opens the part: "What do beginners get wrong?"</summary>
    private static string? Question(TalkWords talk, List<SpokenUnit> part, int index, DiscourseWords words)
    {
        foreach (var unit in part.Take(2).Where(unit => unit.Kind == SpokenKind.Speech))
        {
            foreach (var range in Sentences.Split(unit.Text))
            {
                var sentence = unit.Text[range];
                var start = sentence.IndexOf('¿', StringComparison.Ordinal);
                sentence = start > 0 ? sentence[start..] : WithoutTurn(sentence, words);
                if (
                    sentence[^1] is '?' or '？' or '؟'
                    && Graphemes.Count(sentence) is >= 10 and <= Limits.ChapterLabel
                    && talk.Names(sentence, index)
                )
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
        var comma = sentence.IndexOfAny([',', '、', '，', '،']);
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

    private static string FirstWords(Source source, List<SpokenUnit> part) =>
        Graphemes.TakeWords(part[0].Text, Limits.ChapterLabel) is { Length: > 0 } words
            ? PhraseEdges.For(source.Language.Code).Trim(words.TrimEnd('.', '。', ',', '،', '、'), source.StopWords)
            : source.Template.Intro;

    private static IEnumerable<SpokenUnit> Content(List<SpokenUnit> part) =>
        part.Exists(unit => unit.Kind == SpokenKind.Speech) ? part.Where(unit => unit.Kind == SpokenKind.Speech) : part;
}
