using System.Buffers;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

/// <summary>Reads a transcript as a listener does: where sentences begin, and what is greeting, advertisement, request or farewell instead
/// of content.</summary>
internal static class SpeechReader
{
    private const double LongestUnit = 8;

    /// <summary>More is not said within <see cref="LongestUnit"/>; cues that all start at once would have no end.</summary>
    private const int LongestText = 600;
    private const double ClearOpening = 1;
    private const double WeakOpening = 0.5;
    private const double ClosingOpening = 1.5;
    private const int NearStart = 24;
    private const int LongOpening = 8;
    private const int ShortestQuestion = 25;

    // Captions put them before the words of another speaker.
    private static readonly char[] TurnMarks = ['-', '–', '—', '>', ' '];
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?。！？।؟");

    public static SpokenText Read(Transcript? transcript, string language)
    {
        if (transcript is null || transcript.Text.Length == 0)
        {
            return SpokenText.None;
        }

        var words = DiscourseWords.For(language);
        var units = transcript.IsTimed ? Timed(transcript.Segments, words) : Untimed(transcript.Text, words);
        PassageFinder.Mark(units, words);
        return new SpokenText(
            units,
            string.Join(' ', units.Where(unit => unit.Kind == SpokenKind.Speech).Select(unit => unit.Text)),
            transcript.IsTimed
        );
    }

    private static List<SpokenUnit> Untimed(string text, DiscourseWords words)
    {
        var units = new List<SpokenUnit>();
        foreach (var range in Sentences.Split(Sentences.Unwrap(text)))
        {
            var sentence = TextCleaner.Tidy(TextCleaner.Clean(text[range]));
            if (sentence.Length > 0 && !PromptInjectionDetector.IsSuspicious(sentence))
            {
                units.Add(Unit(TimeSpan.Zero, TimeSpan.Zero, sentence, 0, words));
            }
        }

        return units;
    }

    // Cues are put together to sentences, but never over a pause or the opening of a new part.
    private static List<SpokenUnit> Timed(IReadOnlyList<TranscriptSegment> segments, DiscourseWords words)
    {
        var pause = TypicalPause(segments);
        var runsOn = RunsOn(segments);
        var units = new List<SpokenUnit>();
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            var text = PromptInjectionDetector.IsSuspicious(segment.Text)
                ? ""
                : TextCleaner.Tidy(TextCleaner.Clean(segment.Text)).TrimStart(TurnMarks);
            if (text.Length == 0)
            {
                continue;
            }

            var silence = i == 0 ? 0 : Math.Max(0, (segment.Start - segments[i - 1].End).TotalSeconds);
            var unit = Turned(Unit(segment.Start, segment.End, text, silence, words), words, runsOn);
            var last = units.Count > 0 ? units[^1] : null;
            if (
                last is null
                || last.Kind == SpokenKind.Sound
                || unit.Kind == SpokenKind.Sound
                || silence > pause
                || unit.Opening >= WeakOpening
                || EndsSentence(last.Text)
                || (segment.Start - last.Start).TotalSeconds >= LongestUnit
                || last.Text.Length >= LongestText
            )
            {
                units.Add(unit);
            }
            else
            {
                units[^1] = last with
                {
                    End = segment.End,
                    Text = last.Text + " " + unit.Text,
                    Opening = Math.Max(last.Opening, unit.Opening),
                    Form = words.Form(last.Text + " " + unit.Text),
                };
            }
        }

        return units;
    }

    private static SpokenUnit Unit(TimeSpan start, TimeSpan end, string text, double pause, DiscourseWords words)
    {
        var form = words.Form(text);
        var opening =
            words.Find(form.Length > NearStart ? form[..NearStart] : form, DiscourseKind.End) is not null ? ClosingOpening
            : words.Begins(form, DiscourseKind.Open) > 0 ? ClearOpening
            : Turn(form, words);
        return new SpokenUnit(start, end, text, pause, opening, form) { Kind = IsSound(text) ? SpokenKind.Sound : SpokenKind.Speech };
    }

    // A question leads on to something new; captions without sentences have their openings anywhere.
    private static SpokenUnit Turned(SpokenUnit unit, DiscourseWords words, bool runsOn)
    {
        var opening = unit.Opening;
        if (unit.Text[^1] is '?' or '？' or '؟' && unit.Text.Length >= ShortestQuestion)
        {
            opening = Math.Max(opening, WeakOpening);
        }

        if (runsOn && words.Find(unit.Form, DiscourseKind.Open) is { Length: >= LongOpening })
        {
            opening = Math.Max(opening, WeakOpening);
        }

        return opening > unit.Opening ? unit with { Opening = opening } : unit;
    }

    // Automatic captions have no ends of sentences.
    private static bool RunsOn(IReadOnlyList<TranscriptSegment> segments) =>
        segments.Count(segment => segment.Text.AsSpan().ContainsAny(SentenceEnds)) * 8 < segments.Count;

    // "Okay, now we…", "so first": what follows the small word may be the plain sign.
    private static double Turn(string form, DiscourseWords words)
    {
        var at = 0;
        for (var k = 0; k < 2; k++)
        {
            var length = words.Begins(form[at..], DiscourseKind.Turn);
            if (length == 0)
            {
                break;
            }

            at += length;
            while (at < form.Length && form[at] == ' ')
            {
                at++;
            }

            if (words.Begins(form[at..], DiscourseKind.Open) > 0)
            {
                return ClearOpening;
            }
        }

        return at > 0 ? WeakOpening : 0;
    }

    /// <summary>Twice the middle pause between cues, at least a second.</summary>
    private static double TypicalPause(IReadOnlyList<TranscriptSegment> segments)
    {
        var gaps = new List<double>(segments.Count);
        for (var i = 1; i < segments.Count; i++)
        {
            gaps.Add(Math.Max(0, (segments[i].Start - segments[i - 1].End).TotalSeconds));
        }

        gaps.Sort();
        return gaps.Count == 0 ? 1 : Math.Max(1, 2 * gaps[gaps.Count / 2]);
    }

    /// <summary>Whether a sentence ends with these words.</summary>
    public static bool EndsSentence(string text) =>
        text[^1] is '.' or '!' or '?' or '…' or '。' or '！' or '？' or '।' or '؟' or '"' or '”' or '»' or '」';

    private static bool IsSound(string text) =>
        (text[0] is '[' && text[^1] is ']')
        || (text[0] is '(' && text[^1] is ')')
        || (text[0] is '（' or '【' && text[^1] is '）' or '】')
        || text.All(c => c is '♪' or '♫' or ' ' or '~');
}
