using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>The first sentence of a description, about 150 characters: what viewers see before "more".</summary>
internal sealed class OpeningWriter(Source source)
{
    private const int Opening = 150;

    // Share of the main phrases from which on prose that is there already is left alone.
    private const double Enough = 0.6;

    // What says most of what the video is about within the opening: a sentence of the creator.
    public (string Lead, int Line) Write(List<DescriptionLine> lines)
    {
        var opening = Graphemes.Take(source.SafeDescription, Opening);
        var prose = Graphemes.Count(TextCleaner.Tidy(DescriptionLines.Prose(opening)));
        var present = Covers(opening);
        var folded = Folding.Fold(TextCleaner.Tidy(source.SafeTitle));
        var repeats = folded.Length > 0 && Folding.Fold(source.SafeDescription).StartsWith(folded, StringComparison.Ordinal);
        if (prose >= 90 && (present >= Enough || repeats))
        {
            return ("", -1);
        }

        (string Text, int Line, double Value) best = ("", -1, 0);
        var whole = string.Join('\n', lines.Select(line => line.Text));
        var offset = 0;
        for (var i = 0; i < lines.Count && i < 60; offset += lines[i].Text.Length + 1, i++)
        {
            if (lines[i].Kind != LineKind.Prose)
            {
                continue;
            }

            foreach (var range in Sentences.Split(lines[i].Text))
            {
                var sentence = lines[i].Text[range];
                if (
                    Graphemes.Count(sentence) is < 30 or > Opening
                    || Markup.Find(sentence).Count > 0
                    || !EndsLikeSentence(sentence)
                    || TitleSentences.Leans(sentence)
                    || Passages.Classify(sentence) != PassageKind.Prose
                    || !Sentences.IsWhole(whole, new Range(offset + range.Start.Value, offset + range.End.Value))
                )
                {
                    continue;
                }

                var value = Covers(sentence) + (0.3 * Math.Min(1, sentence.Length / 90.0));
                if (value > best.Value + 0.001)
                {
                    best = (sentence, i, value);
                }
            }
        }

        // The title is above the description anyway: pasting it says nothing new. What is said in the video does.
        if (best.Line < 0 && prose < 90 && Spoken() is { } spoken)
        {
            return (spoken, -1);
        }

        return best.Line < 0 || (prose >= 90 && Covers(best.Text) <= present + 0.05) ? ("", -1) : (best.Text, best.Line);
    }

    private string? Spoken()
    {
        foreach (var range in Sentences.Split(source.Speech.Body).Take(30))
        {
            var sentence = TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(source.Speech.Body[range]));
            if (
                Graphemes.Count(sentence) is >= 30 and <= Opening
                && Sentences.IsWhole(source.Speech.Body, range)
                && !TitleSentences.Leans(sentence)
                && Passages.Classify(sentence) == PassageKind.Prose
                && Covers(sentence) > 0
            )
            {
                return Casing.Capitalize(sentence, source.Language.Code);
            }
        }

        return null;
    }

    // Weighted share of the main phrases that a text holds.
    private double Covers(string text)
    {
        var folded = Folding.Fold(text);
        double got = 0,
            of = 0;
        foreach (var (phrase, weight) in source.Main)
        {
            got += folded.Contains(phrase.Key, StringComparison.Ordinal) ? weight : 0;
            of += weight;
        }

        return of == 0 ? 0 : got / of;
    }

    public static bool EndsLikeSentence(string sentence) =>
        sentence.Length > 0 && sentence[^1] is not (':' or '：' or ',' or '-' or '–' or '→' or '↓' or '⬇');
}
