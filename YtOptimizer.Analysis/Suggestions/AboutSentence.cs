using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Descriptions;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>The sentence of a description that says what the video is about.</summary>
/// <param name="Text">As the creator wrote it.</param>
/// <param name="Opens">It begins within what is seen first, and nothing but prose stands before it.</param>
internal sealed record AboutSentence(string Text, bool Opens)
{
    private const int MostRead = 60;
    private const int Shortest = 25;
    private const int Opening = 100;

    // Words of a sentence that shares none with the title.
    private const int Telling = 5;

    /// <summary>The first that shares a word with the title or the main phrases and adds one; null when there is none.</summary>
    public static AboutSentence? Find(Source source)
    {
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var subject = title
            .Concat(source.Main.SelectMany(main => source.ContentStems(main.Phrase.Surface)))
            .ToHashSet(StringComparer.Ordinal);
        var text = source.AboutText;
        foreach (var range in Sentences.Split(text).Take(MostRead))
        {
            var sentence = TextCleaner.Tidy(text[range]);
            if (
                Graphemes.Count(sentence) < Shortest
                || Markup.HasLink(sentence)
                || Shouts(sentence)
                || IsHashtags(sentence)
                || ForeignMarkup.Holds(sentence)
                || Passages.Classify(sentence) != PassageKind.Prose
                || ForeignSentences.Contains(source, sentence)
            )
            {
                continue;
            }

            // A copy of the title says nothing about the video that was not said.
            var stems = source.ContentStems(sentence).ToHashSet(StringComparer.Ordinal);
            if (
                (stems.Overlaps(title) || (stems.Count >= Telling && stems.Overlaps(subject)))
                && stems.Count(stem => !title.Contains(stem)) > 1
            )
            {
                var start = range.Start.GetOffset(text.Length);
                return new(
                    sentence,
                    start <= Opening && !Markup.HasLink(source.SafeDescription[..Math.Min(start, source.SafeDescription.Length)])
                );
            }
        }

        return null;
    }

    private static bool IsHashtags(string sentence) => sentence.Count(c => c is '#' or '＃') > 1;

    private static bool Shouts(string sentence)
    {
        var cased = sentence.Count(c => char.IsUpper(c) || char.IsLower(c));
        return cased > 0 && sentence.Count(char.IsUpper) * 10 > cased * 6;
    }
}
