using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>Key points: whole sentences of transcript or description.</summary>
internal static class KeyPointWriter
{
    // Their number squared is the work.
    private const int MostRead = 400;

    // Sentences closest to the rest of the text, in their order.
    public static List<string> Write(Source source, string lead, int most)
    {
        var sentences = new List<(string Text, HashSet<string> Stems)>();
        foreach (var text in new[] { source.Speech.Body, ProseOnly(source) })
        {
            foreach (var range in Sentences.Split(text).Take(MostRead))
            {
                var sentence = TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(text[range]));
                if (
                    Graphemes.Count(sentence) is >= 30 and <= 160
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

    private static string ProseOnly(Source source) => source.AboutText;
}
