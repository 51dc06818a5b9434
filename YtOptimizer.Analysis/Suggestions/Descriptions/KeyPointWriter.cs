using System.Runtime.CompilerServices;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Suggestions.Chapters;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>Key points: whole sentences, of the talk one of each part, else of the description.</summary>
internal static class KeyPointWriter
{
    // Their number squared is the work.
    private const int MostRead = 400;
    private const int MostOfPart = 40;
    private const int Shortest = 30;
    private const int Longest = 160;

    private static readonly ConditionalWeakTable<IReadOnlyList<OutlinePart>, List<SpokenPoint>> Told = [];

    public static List<string> Write(Source source, string lead, int most) =>
        Spoken(source, lead, most) is { Count: > 1 } spoken ? spoken : Central(source, lead, most);

    private static List<string> Spoken(Source source, string lead, int most)
    {
        var outline = SpokenOutline.Of(source);
        if (outline.Count == 0)
        {
            return [];
        }

        // Drafts of one video share their outline, so that its sentences are read once.
        var told = Told.GetValue(outline, _ => Read(source, outline));
        return
        [
            .. told.Where(point => point.Text != lead)
                .OrderByDescending(point => point.Value)
                .ThenBy(point => point.Part)
                .DistinctBy(point => point.Part)
                .DistinctBy(point => point.Text, StringComparer.Ordinal)
                .Take(most)
                .OrderBy(point => point.Part)
                .Select(point => point.Text),
        ];
    }

    /// <summary>The sentences of each part that tell most of it and stand by themselves.</summary>
    private static List<SpokenPoint> Read(Source source, IReadOnlyList<OutlinePart> outline)
    {
        var words = DiscourseWords.For(source.Language.Code);
        var topics = SpokenReading.Of(source.Input.Transcript).Topics(source.Language.Code, source.Model.Lexicon);
        var weight = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var topic in topics)
        {
            foreach (var stem in topic.Stems)
            {
                weight[stem] = Math.Max(weight.GetValueOrDefault(stem), topic.Value / topics[0].Value);
            }
        }

        var points = new List<SpokenPoint>();
        for (var p = 0; p < outline.Count; p++)
        {
            if (outline[p].IsFrame)
            {
                continue;
            }

            var label = source.ContentStems(outline[p].Label).ToHashSet(StringComparer.Ordinal);
            var text = string.Join(' ', outline[p].Units.Where(unit => unit.Kind == SpokenKind.Speech).Select(unit => unit.Text));
            var found = new List<SpokenPoint>();
            foreach (var range in Sentences.Split(text).Take(MostOfPart))
            {
                WorkMeter.Count(8);
                var sentence = SpokenSentence.Standing(text[range], words, source.Language.Code);
                if (sentence is null || !Fits(sentence) || !Sentences.IsWhole(text, range))
                {
                    continue;
                }

                var stems = source.ContentStems(sentence).Distinct(StringComparer.Ordinal).ToList();
                if (stems.Count >= 3)
                {
                    var told = stems.Sum(stem => (label.Contains(stem) ? 1 : 0) + weight.GetValueOrDefault(stem) + 0.1);
                    found.Add(new(p, sentence, Math.Round(told / Math.Sqrt(stems.Count), 9)));
                }
            }

            points.AddRange(found.OrderByDescending(point => point.Value).ThenBy(point => point.Text, StringComparer.Ordinal).Take(2));
        }

        return points;
    }

    private static bool Fits(string sentence) =>
        Graphemes.DisplayWidth(sentence) is >= Shortest and <= Longest
        && Markup.Find(sentence).Count == 0
        && sentence[^1] is not ('?' or '？' or '؟')
        && OpeningWriter.EndsLikeSentence(sentence)
        && !TitleSentences.Leans(sentence);

    // Sentences closest to the rest of the text, in their order. Those of a description are about the subject: what a channel or a
    // distributor says of itself is not.
    private static List<string> Central(Source source, string lead, int most)
    {
        var subject = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        subject.UnionWith(source.Main.SelectMany(main => source.ContentStems(main.Phrase.Surface)));
        var sentences = new List<(string Text, HashSet<string> Stems)>();
        foreach (var text in new[] { source.Speech.Body, source.AboutText })
        {
            foreach (var range in Sentences.Split(text).Take(MostRead))
            {
                var sentence = TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(text[range]));
                if (
                    Graphemes.Count(sentence) is >= Shortest and <= Longest
                    && sentence != lead
                    && Markup.Find(sentence).Count == 0
                    && !sentence.EndsWith('?')
                    && OpeningWriter.EndsLikeSentence(sentence)
                    && Sentences.IsWhole(text, range)
                    && (source.Speech.Body.Length > 0 || IsTold(source, sentence))
                )
                {
                    var stems = source.ContentStems(sentence).ToHashSet(StringComparer.Ordinal);
                    if (source.Speech.Body.Length > 0 || (stems.Overlaps(subject) && !ForeignSentences.Contains(source, sentence)))
                    {
                        sentences.Add((sentence, stems));
                    }
                }
            }

            if (sentences.Count >= 4)
            {
                break;
            }
        }

        if (sentences.Count < 2)
        {
            return [];
        }

        var scored = TextRank.Score([.. sentences.Select(sentence => sentence.Stems)]);
        return
        [
            .. Enumerable
                .Range(0, sentences.Count)
                .OrderByDescending(i => scored[i])
                .ThenBy(i => i)
                .DistinctBy(i => sentences[i].Text, StringComparer.Ordinal)
                .Take(most)
                .Order()
                .Select(i => sentences[i].Text),
        ];
    }

    // Not half of a sentence, not two that are glued, no advert and no word about the channel.
    private static bool IsTold(Source source, string sentence)
    {
        if (
            char.IsLower(sentence[0])
            || EndsInOrdinal(sentence)
            || source.SafeTitle.Contains(sentence, StringComparison.OrdinalIgnoreCase)
            || HasGluedColon(sentence)
            || OpeningWords.SpeaksOfChannel(sentence)
            || Passages.Classify(sentence)
                is PassageKind.Sponsor
                    or PassageKind.Discount
                    or PassageKind.OtherVideo
                    or PassageKind.Social
                    or PassageKind.CallToAction
                    or PassageKind.Contact
                    or PassageKind.Link
            || TitleSentences.IsGlued(sentence, source)
        )
        {
            return false;
        }

        var text = source.SafeDescription;
        var at = text.IndexOf(sentence, StringComparison.Ordinal);
        if (at > 2 && EndsInOrdinal(text.AsSpan(0, at).TrimEnd()))
        {
            return false;
        }

        return at < 2 || text[at - 1] != ' ' || !char.IsLetterOrDigit(text[at - 2]) || Scripts.IsUnspaced(Scripts.OfFirst(sentence));
    }

    // "in its 4." of "in its 4. season".
    private static bool EndsInOrdinal(ReadOnlySpan<char> text) =>
        text.Length > 2
        && text[^1] == '.'
        && char.IsAsciiDigit(text[^2])
        && (text[^3] == ' ' || (char.IsAsciiDigit(text[^3]) && text.Length > 3 && text[^4] == ' '));

    private static bool HasGluedColon(string sentence)
    {
        var at = sentence.IndexOf(':');
        return at > 0
            && at + 1 < sentence.Length
            && char.IsLetter(sentence[at - 1])
            && (char.IsLetter(sentence[at + 1]) || sentence[at + 1] is '¡' or '¿' or '“');
    }

    /// <param name="Part">Index in the outline.</param>
    private sealed record SpokenPoint(int Part, string Text, double Value);
}
