using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>The first sentence of a description, about 150 characters: what viewers see before "more".</summary>
internal sealed class OpeningWriter(Source source)
{
    private const int Opening = 150;

    // Characters of prose from which on an opening is left alone.
    private const int OwnOpening = 60;
    private const int MostRead = 120;
    private const double StatesSubject = 4;
    private const int LongestSpoken = 220;

    // What says most of what the video is about within the opening: a sentence of the creator.
    public (string Lead, int Line) Write(List<DescriptionLine> lines)
    {
        // Calls, sponsors and other videos before the subject are no opening.
        var prose = Graphemes.Count(TextCleaner.Tidy(DescriptionLines.Prose(Graphemes.Take(source.AboutText, Opening))));
        var folded = Folding.Fold(TextCleaner.Tidy(source.SafeTitle));
        var repeats = folded.Length > 0 && Folding.Fold(source.SafeDescription).StartsWith(folded, StringComparison.Ordinal);
        // Prose of the video that is there already is the creator's opening; what stands further down is mostly about the channel.
        if (prose >= OwnOpening || (repeats && prose > 0))
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
                    || TitleSentences.IsGlued(sentence, source)
                    || !SaysSomething(sentence)
                    || ForeignSentences.Contains(source, sentence)
                    || !MayOpen(lines[i].Text, range.Start.Value)
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
        if (best.Line < 0 && Spoken() is { } spoken)
        {
            return (spoken, -1);
        }

        return (best.Text, best.Line);
    }

    // It begins with a capital or a letter without case, and not after an ordinal ("2. Runde: …").
    private static bool MayOpen(string line, int start)
    {
        var before = line[..start].TrimEnd();
        return (char.IsLetterOrDigit(line[start]) || line[start] is '"' or '“' or '«' or '¿' or '¡' or '「' or '『' or '„')
            && !char.IsLower(line[start])
            && !(before.Length > 1 && before[^1] == '.' && char.IsDigit(before[^2]));
    }

    // A sentence of the video names something of the title; one that only holds a phrase of the tags may speak of the channel.
    private bool SaysSomething(string sentence) =>
        source.ContentStems(sentence).Intersect(source.ContentStems(source.SafeTitle), StringComparer.Ordinal).Count() is var shared
        && (shared > 1 || (shared > 0 && Covers(sentence) > 0));

    // Of what is said in the first third, the sentence that names most of what the talk comes back to.
    private string? Spoken()
    {
        var words = DiscourseWords.For(source.Language.Code);
        var topics = SpokenReading.Of(source.Input.Transcript).Topics(source.Language.Code, source.Model.Lexicon).Take(12).ToList();
        var reading = SpokenReading.Of(source.Input.Transcript);
        var stated = reading.Stated(source.Language.Code, FrameUse.Topic);
        (string? Text, double Value) best = (null, 0);
        var roles = WordRoles.For(source.Language.Code);
        var body = string.Join(' ', source.Speech.Units.Where(unit => StatedSubjects.Tells(unit, stated)).Select(unit => unit.Text));
        var ranges = Sentences.Split(body).ToList();
        for (var i = 0; i < ranges.Count && i < Math.Max(10, ranges.Count / 4) && i < MostRead; i++)
        {
            var said = body[ranges[i]];
            var states = stated.Any(subject => said.AsSpan().Trim().SequenceEqual(subject.Sentence));
            var sentence = SpokenSentence.Standing(said, words, source.Language.Code, mayAsk: states);
            if (
                sentence is null
                || Graphemes.DisplayWidth(sentence) < 30
                || Graphemes.Count(sentence) > LongestSpoken
                || !Sentences.IsWhole(body, ranges[i])
                || sentence[^1] is '?' or '？' or '؟'
                || (!states && TitleSentences.Leans(sentence))
                || (!states && Passages.Classify(sentence) != PassageKind.Prose)
            )
            {
                continue;
            }

            var stems = source.ContentStems(sentence).ToHashSet(StringComparer.Ordinal);
            var value =
                topics.Where(topic => topic.Stems.All(stems.Contains)).Sum(topic => topic.Value)
                * (1 + Math.Exp(-i / 6.0))
                * (roles.Promises(said) ? 2 : 1)
                * (states ? StatesSubject : 1);
            if (value > best.Value + 1e-9)
            {
                best = (sentence, value);
            }
        }

        // Automatic captions have no sentences; the clause that says what is explained is one.
        return best.Text
            ?? (
                stated.FirstOrDefault(subject => subject.Slot == FrameSlot.Ask && Graphemes.Count(subject.Text) >= 30) is { } asked
                    ? Casing.Capitalize(asked.Text, source.Language.Code) + "."
                    : null
            );
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
