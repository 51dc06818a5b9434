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
    private const int Shortest = 30;
    private const int Longest = 160;

    public static List<string> Write(Source source, string lead, int most) =>
        Spoken(source, lead, most) is { Count: > 1 } spoken ? spoken : Central(source, lead, most);

    /// <summary>The sentence of a talk's part that tells most of it and stands by itself.</summary>
    private static List<string> Spoken(Source source, string lead, int most)
    {
        var parts = SpokenOutline.Of(source).Where(part => !part.IsFrame).ToList();
        if (parts.Count == 0)
        {
            return [];
        }

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

        var points = new List<(int Part, string Text, double Value)>();
        for (var p = 0; p < parts.Count; p++)
        {
            var label = source.ContentStems(parts[p].Label).ToHashSet(StringComparer.Ordinal);
            var text = string.Join(' ', parts[p].Units.Where(unit => unit.Kind == SpokenKind.Speech).Select(unit => unit.Text));
            (string Text, double Value) best = ("", 0);
            foreach (var range in Sentences.Split(text).Take(MostRead / 10))
            {
                WorkMeter.Count(8);
                var sentence = SpokenSentence.Standing(text[range], words, source.Language.Code);
                if (sentence is null || !Fits(sentence, lead) || !Sentences.IsWhole(text, range))
                {
                    continue;
                }

                var stems = source.ContentStems(sentence).Distinct(StringComparer.Ordinal).ToList();
                var value =
                    stems.Count < 3
                        ? 0
                        : stems.Sum(stem => (label.Contains(stem) ? 1 : 0) + weight.GetValueOrDefault(stem) + 0.1) / Math.Sqrt(stems.Count);
                if (value > best.Value + 1e-9)
                {
                    best = (sentence, value);
                }
            }

            if (best.Value > 0)
            {
                points.Add((p, best.Text, Math.Round(best.Value, 9)));
            }
        }

        return
        [
            .. points
                .OrderByDescending(point => point.Value)
                .ThenBy(point => point.Part)
                .DistinctBy(point => point.Text, StringComparer.Ordinal)
                .Take(most)
                .OrderBy(point => point.Part)
                .Select(point => point.Text),
        ];
    }

    private static bool Fits(string sentence, string lead) =>
        Graphemes.DisplayWidth(sentence) is >= Shortest and <= Longest
        && sentence != lead
        && Markup.Find(sentence).Count == 0
        && sentence[^1] is not ('?' or '？' or '؟')
        && OpeningWriter.EndsLikeSentence(sentence)
        && !TitleSentences.Leans(sentence);

    // Sentences closest to the rest of the text, in their order.
    private static List<string> Central(Source source, string lead, int most)
    {
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
                )
                {
                    sentences.Add((sentence, source.ContentStems(sentence).ToHashSet(StringComparer.Ordinal)));
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
}
