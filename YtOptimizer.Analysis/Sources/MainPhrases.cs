using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

internal readonly record struct WeightedPhrase(RankedPhrase Phrase, double Weight);

/// <summary>Chooses the few phrases a video is about from the ranked ones.</summary>
internal static class MainPhrases
{
    private const int MostMain = 5;
    private const int MostRead = 40;
    private const int HashtagWall = 15;
    private const double NotFarLess = 0.2;

    public static List<WeightedPhrase> Choose(Source source)
    {
        var phrases = WithoutWalls(TitlePaste.Blank(source.SafeDescription, source.SafeTitle)) is { } calm
            ? KeyphraseRanker.Rank(source.SafeTitle, calm, source.StopWords, source.Model).Phrases
            : source.Phrases;
        var title = source.Text.TitleTokens.SelectMany(token => token.Folded.Split(' ')).ToHashSet(StringComparer.Ordinal);
        // What may not be shown is nothing a check can ask for; when nothing else is left, it is better than nothing.
        var channel = Folding.Fold(source.Input.ChannelTitle ?? "");
        var shown = Choose(
            phrases.Take(MostRead).Where(phrase => PhraseQuality.IsPresentable(source, phrase) && IsSubject(source, phrase, channel)),
            source.SafeTags,
            title
        );
        return shown.Count > 0 ? shown : Choose(phrases.Take(MostRead), source.SafeTags, title);
    }

    // All its words but the numbers stand in the other, which has more.
    private static bool IsWithin(Candidate part, Candidate longer) =>
        longer is { Words.Length: 2 or 3, Stops: 0 }
        && !Array.Exists(longer.Words, word => word.Any(char.IsAsciiDigit))
        && part.Words.Where(word => !word.All(char.IsAsciiDigit)).ToList() is { Count: > 0 } words
        && words.Count < longer.Words.Length
        && words.TrueForAll(word => longer.Words.Contains(word, StringComparer.Ordinal));

    // A piece of a sentence is none, nor is the channel's name where the title does not say it, nor a verb.
    private static bool IsSubject(Source source, RankedPhrase phrase, string channel)
    {
        var candidate = phrase.Candidate;
        return !ClauseParts.Has(source, phrase)
            // "Jane v" of "Jane v. John".
            && !(candidate.Words.Length > 1 && candidate.Words[^1].Length == 1 && char.IsAsciiLetterLower(candidate.Surface[^1]))
            && !(candidate.TitleCount == 0 && IsOfChannel(channel, phrase.Key))
            && !(
                candidate.Words.Length == 1
                && VerbForms.For(source.Language.Code).Has(phrase.Key)
                && !PhraseQuality.IsTagged(source, phrase)
                && source.Places.IsVerb(phrase.Key)
            );
    }

    private static bool IsOfChannel(string channel, string key) =>
        channel.Length > 0
        && (
            (" " + channel + " ").Contains(" " + key + " ", StringComparison.Ordinal)
            || channel.Replace(" ", "", StringComparison.Ordinal) == key.Replace(" ", "", StringComparison.Ordinal)
        );

    // A wall of hashtags does not say what a video is about. Null when there is none.
    private static string? WithoutWalls(string description)
    {
        if (description.Count(c => c is '#' or '＃') <= HashtagWall)
        {
            return null;
        }

        var lines = description.Split('\n');
        var kept = lines.Where(line => Markup.Find(line).Count(span => span.Kind == MarkupKind.Hashtag) <= HashtagWall).ToList();
        return kept.Count == lines.Length ? null : string.Join('\n', kept);
    }

    // The ranker's best phrases, leaning to what the title says and what the creator tagged.
    private static List<WeightedPhrase> Choose(IEnumerable<RankedPhrase> phrases, IReadOnlyList<string> tags, HashSet<string> title)
    {
        var tagged = tags.Select(Folding.Fold).ToHashSet(StringComparer.Ordinal);
        var weighted = new List<WeightedPhrase>();
        foreach (var phrase in phrases)
        {
            var candidate = phrase.Candidate;
            if (
                candidate.Has(CandidateMarks.EdgeStop | CandidateMarks.WholeTitle | CandidateMarks.InsideRun | CandidateMarks.CrossesBreak)
                || candidate.Key.Length < 2
                || candidate.Key.All(c => char.IsAsciiDigit(c) || c == ' ')
                || candidate.Words.Length > 5
            )
            {
                continue;
            }

            // A title that tears a phrase apart is still about it.
            var inTitle = candidate.TitleCount > 0 || (candidate.Words.Length > 1 && candidate.Words.All(title.Contains));
            // What comes after a separator is mostly series, place or audience.
            var aside =
                candidate.Has(CandidateMarks.LastSegment) && !candidate.Has(CandidateMarks.FirstSegment) && candidate.DescriptionCount == 0;
            var value =
                phrase.Probability
                * (inTitle ? 1.3 : 0.6)
                * (tagged.Contains(phrase.Key) ? 2 : 1)
                * (candidate.Words.Length is 2 or 3 ? 1.15 : 1)
                * (aside ? 0.5 : 1);
            weighted.Add(new WeightedPhrase(phrase, Math.Round(value, 9)));
        }

        weighted.Sort(
            static (a, b) =>
            {
                var order = b.Weight.CompareTo(a.Weight);
                return order != 0 ? order : string.CompareOrdinal(a.Phrase.Key, b.Phrase.Key);
            }
        );
        // "Montana" and "Montana 7" say nothing beside "French Montana".
        var main = new List<WeightedPhrase>();
        for (var i = 0; i < weighted.Count && main.Count < MostMain; i++)
        {
            var phrase = weighted[i];
            var within = weighted.FindIndex(0, i, other =>
                other.Weight > phrase.Weight && IsWithin(phrase.Phrase.Candidate, other.Phrase.Candidate)
            );
            if (within < 0)
            {
                main.Add(phrase);
            }
        }

        // "sourdough bread" says more than "bread" when the title has it and it is not far less likely.
        if (main.Count > 0 && main[0].Phrase.Candidate.Words is [var word])
        {
            var longer = weighted.FindIndex(other =>
                other.Phrase.Candidate is { Words.Length: 2 or 3, TitleCount: > 0 } candidate
                && candidate.Words.Contains(word, StringComparer.Ordinal)
                && (candidate.Total > 1 || tagged.Contains(candidate.Key))
                && other.Weight >= main[0].Weight * NotFarLess
            );
            if (longer > 0)
            {
                var first = weighted[longer] with { Weight = main[0].Weight };
                main = [first, .. main.Where(other => other.Phrase.Key != first.Phrase.Key).Take(MostMain - 1)];
            }
        }

        return main;
    }
}
