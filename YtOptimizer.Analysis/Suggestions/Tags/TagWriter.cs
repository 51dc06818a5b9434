using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Tags by relevance per character, within YouTube's 500; the creator's fitting tags come first.</summary>
internal static class TagWriter
{
    private const int LongList = 10;
    private const int FewMissing = 3;
    private const int MostDigits = 5;
    private const string Separators = "|-–—•:：/()[]【】「」『』《》｜";

    private static readonly string[] Pairs = ["“”", "„“", "«»", "””"];

    public static TagSuggestion Write(Source source, GroundingRules rules, int most)
    {
        var wanted = new List<(string Tag, double Value)>();
        wanted.AddRange(OwnTags.Staying(source).Select((tag, i) => (Display(tag), 2 - (0.001 * i))));
        var own = wanted.DistinctBy(pair => Folding.Fold(pair.Tag), StringComparer.Ordinal).Count();
        // "pranks" beside "prank", a name in a case beside the name: the same tag once more.
        var stems = source.SafeTags.Select(tag => Stems(source, tag)).ToHashSet(StringComparer.Ordinal);
        var names = TitleNames.Missing(source, rules).Where(phrase => !stems.Contains(Stems(source, phrase.Key))).ToList();
        names.RemoveAll(phrase => LooseTags.Has(source, phrase));
        if (SeriesName.Of(source) is { } series && !stems.Contains(Stems(source, series)))
        {
            wanted.Add((Shown(source, series), own > 0 ? 1.6 : 0.97));
        }

        // What the check of the tags asks for.
        if (
            own > 0
            && AskedPhrases.First(source) is { } asked
            && !LooseTags.Has(source, asked)
            && (
                names.RemoveAll(name => name.Key == asked.Key) > 0
                || (
                    (own < LongList || TitleNames.IsNamed(source, asked))
                    && IsMissing(source, rules, asked)
                    && !stems.Contains(Stems(source, asked.Key))
                )
            )
        )
        {
            wanted.Add((Shown(source, BaseForms.Of(source, asked)), 1.55));
        }

        if (own >= LongList)
        {
            // A list that is long already needs no more than the names that it misses.
            wanted.AddRange(names.Take(FewMissing).Select((phrase, i) => (Shown(source, phrase.Surface), 1 - (0.001 * i))));
            return Fit(wanted, own + FewMissing, SuggestionSource.Deterministic);
        }

        var phrases = TagPhrases.Choose(source, rules, most);
        phrases.RemoveAll(phrase =>
            (!source.TagKeys.Contains(phrase.Key) && stems.Contains(Stems(source, phrase.Key))) || LooseTags.Has(source, phrase)
        );
        LooseTags.RemoveOverlapping(source, phrases);
        for (var i = 0; i < phrases.Count; i++)
        {
            wanted.Add((Shown(source, BaseForms.Of(source, phrases[i])), 1 - (0.001 * i)));
        }

        wanted.AddRange(names.Select((phrase, i) => (Shown(source, BaseForms.Of(source, phrase)), (own > 0 ? 1.5 : 0.95) - (0.001 * i))));

        wanted.AddRange(BaseForms.Defined(source).Select((topic, i) => (Shown(source, topic), 0.96 - (0.001 * i))));
        if (wanted.Count < LongList)
        {
            var known = wanted.Select(pair => Stems(source, pair.Tag)).ToHashSet(StringComparer.Ordinal);
            wanted.AddRange(
                SpokenTags.Of(source, rules).Where(tag => known.Add(Stems(source, tag))).Select((tag, i) => (tag, 0.6 - (0.001 * i)))
            );
        }

        if (wanted.Count < LongList)
        {
            var topics = KnownTopics.Of(source);
            wanted.RemoveAll(pair => pair.Value <= 1 && topics.Exists(topic => IsPart(source, pair.Tag, topic)));
            var known = wanted.Select(pair => Stems(source, pair.Tag)).ToHashSet(StringComparer.Ordinal);
            wanted.AddRange(
                topics
                    .Where(topic => known.Add(Stems(source, topic)) && rules.IsShownTag(topic, likely: true))
                    .Take(LongList - wanted.Count)
                    .Select((topic, i) => (topic, 0.58 - (0.001 * i)))
            );
        }

        // A talk is searched by its event, whatever else is known of it.
        if (ChannelTag(source) is { } channel && (wanted.Count > 0 || channel != source.Input.ChannelTitle))
        {
            wanted.Add((channel, 0.25));
            if (wanted.Count < LongList && EventName.WithoutYear(channel) is { } yearly)
            {
                wanted.Add((yearly, 0.24));
            }
        }

        wanted.AddRange(KindTags.Write(source, phrases).Select((tag, i) => (tag, 0.4 - (0.001 * i))));

        return Fit(wanted, most, SuggestionSource.Deterministic);
    }

    // As the check of the tags asks: no tag of the creator holds it.
    private static bool IsMissing(Source source, GroundingRules rules, RankedPhrase asked) =>
        (
            asked.Candidate.Words.Length > 1
                ? !TitleNames.Shouts(source)
                : LoneWords.IsName(source, asked) && !NameRuns.IsPartInTitle(source, asked.Candidate)
        )
        && !asked.Candidate.Has(CandidateMarks.Unspaced)
        && TagQuality.IsTag(source, asked)
        && !CutPhrases.Has(source, asked)
        && !ClauseParts.Has(source, asked)
        && !source.Places.MayBeVerb(asked.Candidate.Words[0])
        && !MergedWordFilter.Has(source, asked)
        && !source.SafeTags.Any(tag => Folding.Fold(tag).Contains(asked.Key, StringComparison.Ordinal))
        && rules.IsShownTag(Display(asked.Surface), likely: true);

    private static string Stems(Source source, string tag) => string.Join(' ', Folding.Fold(tag).Split(' ').Select(source.Stemming.Stem));

    // "Test Driven" of "test-driven development".
    private static bool IsPart(Source source, string tag, string topic) =>
        Folding.Fold(tag).Split(' ') is var words
        && Folding.Fold(topic).Split(' ', '-') is var all
        && words.Length < all.Length
        && (words.Length > 1 || source.IsEveryday(words[0]))
        && Array.TrueForAll(words, word => all.Contains(word, StringComparer.Ordinal));

    /// <summary>The channel's name as a tag, null where the name is no tag.</summary>
    public static string? ChannelTag(Source source) =>
        source.Input.ChannelTitle is { Length: > 1 and <= Limits.Tag } channel
        && !channel.EndsWith("VEVO", StringComparison.OrdinalIgnoreCase)
        && !channel.EndsWith(" - Topic", StringComparison.Ordinal)
        // A telephone or account number.
        && channel.Count(char.IsDigit) <= MostDigits
            ? Display(EventName.Of(channel))
            : null;

    /// <summary>The creator's tags as they are, null when there are none or they break YouTube's rule.</summary>
    public static TagSuggestion? Own(Source source)
    {
        var tags = source
            .SafeTags.Select(Display)
            .Where(tag => tag.Length is > 0 and <= Limits.Tag)
            .DistinctBy(Folding.Fold, StringComparer.Ordinal)
            .ToList();
        return tags.Count > 0 && Limits.TagsLength(tags) <= Limits.TagsTotal
            ? new TagSuggestion(tags, Limits.TagsLength(tags), SuggestionSource.Deterministic)
            : null;
    }

    /// <summary>Best value first while it fits; ties go to the cheaper tag. Duplicates by matching form are dropped.</summary>
    public static TagSuggestion Fit(IEnumerable<(string Tag, double Value)> wanted, int most, SuggestionSource origin)
    {
        var tags = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var total = 0;
        foreach (
            var (tag, _) in wanted
                .OrderByDescending(pair => Band(pair.Value))
                .ThenByDescending(pair => pair.Value / (Limits.TagCost(pair.Tag) + 1))
                .ThenByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Tag, StringComparer.Ordinal)
        )
        {
            var cost = Limits.TagCost(tag) + (tags.Count > 0 ? 1 : 0);
            var key = Folding.Fold(tag);
            if (tags.Count >= most || key.Length == 0 || tag.Length > Limits.Tag || total + cost > Limits.TagsTotal || seen.Contains(key))
            {
                continue;
            }

            seen.Add(key);
            tags.Add(tag);
            total += cost;
        }

        return new TagSuggestion(tags, Limits.TagsLength(tags), origin);
    }

    // The creator's tags stay in their order and before ours, ours in that of the ranker; what is left competes by value per character.
    private static double Band(double value) =>
        value >= 0.5 ? value
        : value >= 0.3 ? 0.3
        : 0;

    // Tags do not shout.
    private static string Shown(Source source, string text) =>
        Display(Joined(text)) is var tag && tag.Contains(' ', StringComparison.Ordinal) ? Casing.Calm(tag, source) : tag;

    // "Artist - Track (Live)" is searched as "Artist Track Live"; marks inside a word stay ("No[o]ne", "X-Men").
    private static string Joined(string text)
    {
        var output = text.ToCharArray();
        for (var i = 0; i < text.Length; i++)
        {
            var outside = i == 0 || i + 1 == text.Length || !char.IsLetterOrDigit(text[i - 1]) || !char.IsLetterOrDigit(text[i + 1]);
            output[i] = outside && Separators.Contains(text[i], StringComparison.Ordinal) ? ' ' : text[i];
        }

        return new string(output);
    }

    public static string Display(string text) =>
        Balanced(TextCleaner.Tidy(TextCleaner.ReplaceAngleBrackets(text).Replace(',', ' ').Replace('"', ' ')).TrimStart('#', '＃').Trim());

    // "(Official" is half of a pair that was cut at a comma, "Jane “sings" of a quotation.
    private static string Balanced(string tag) =>
        tag.Any(IsQuote) && !Pairs.Any(pair => tag.Count(c => c == pair[0]) == 1 && tag.Count(c => c == pair[1]) == 1)
            ? Bracketed(TextCleaner.Tidy(string.Concat(tag.Select(c => IsQuote(c) ? ' ' : c))).Trim())
            : Bracketed(tag);

    private static bool IsQuote(char c) => c is '“' or '”' or '„' or '«' or '»';

    private static string Bracketed(string tag) =>
        tag.Count(c => c == '(') == tag.Count(c => c == ')') && tag.Count(c => c == '[') == tag.Count(c => c == ']')
            ? tag
            : tag.Trim('(', ')', '[', ']', ' ');
}
