using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>The first sentence of a description, about 150 characters: what viewers see before "more".</summary>
internal sealed partial class OpeningWriter(Source source)
{
    private const int Opening = 150;

    // Characters of prose from which on an opening is left alone.
    private const int OwnOpening = 60;
    private const int LeastRest = 20;
    private const int MostLines = 60;
    private const int MostSentences = 12;
    private const int LongestMoved = 240;
    private const int LongestParagraph = 500;
    private const int LongestCry = 20;
    private const int FewestShared = 2;
    private const int LeastRow = 4;
    private const int LeastNew = 2;
    private const int LongStem = 6;
    private const int MostRead = 120;
    private const double StatesSubject = 4;
    private const int LongestSpoken = 220;

    // What says most of what the video is about within the opening: a sentence of the creator.
    public (string Lead, int Line) Write(List<DescriptionLine> lines)
    {
        // Calls, sponsors and other videos before the subject are no opening.
        var opening = DescriptionLines.Prose(Graphemes.Take(source.AboutText, Opening));
        var prose = Graphemes.Count(TextCleaner.Tidy(opening));
        var folded = Folding.Fold(TextCleaner.Tidy(source.SafeTitle));
        var repeats = folded.Length > 0 && Folding.Fold(source.SafeDescription).StartsWith(folded, StringComparison.Ordinal);
        var pasted = repeats ? Graphemes.Count(folded) : 0;
        // Prose of the video that is there already is the creator's opening, unless their greeting stands behind an advert.
        var hasOpening = (prose - pasted >= OwnOpening || (repeats && prose - pasted > LeastRest)) && !OpensWithAdvert(lines);
        // Under music viewers look for links and credits, and the words of the song are no opening.
        if (source.Kind.Kind is VideoKind.Music or VideoKind.Performance)
        {
            return ("", -1);
        }

        var (lead, at) = Moved(lines, hasOpening);
        if (at >= 0 || hasOpening || prose > 0 && repeats)
        {
            return (lead, at);
        }

        // The title is above the description anyway: pasting it says nothing new. What is said in the video does.
        return Spoken() is { } spoken ? (spoken, -1) : ("", -1);
    }

    // The first paragraph of the video behind links, or the sentence that announces what it shows.
    private (string Lead, int Line) Moved(List<DescriptionLine> lines, bool onlyGreeting)
    {
        var title = Subject();
        var start = Sentences.Split(source.SafeDescription).Select(range => source.SafeDescription[range]).FirstOrDefault("");
        onlyGreeting |= !Markup.HasLink(start) && Shared(start, title) >= FewestShared;
        var (best, value) = (((string Lead, int Line))("", -1), 0.0);
        var (linked, goesOn) = (false, false);
        for (var i = 0; i < lines.Count && i < MostLines; i++)
        {
            var text = lines[i].Text;
            if (lines[i].Kind == LineKind.Prose && linked)
            {
                var ranges = Sentences.Split(text).ToList();
                for (var k = 0; k < ranges.Count && k < MostSentences; k++)
                {
                    var greets = k == 1 && Greets(text[ranges[0]]);
                    // A short cry goes along: it says nothing without its sentence.
                    var first = greets || (k == 1 && IsCry(text[ranges[0]])) ? 0 : k;
                    if (
                        (!onlyGreeting || greets)
                        && Lead(text, ranges, first, k, title, goesOn, greets) is { } lead
                        && !IsLabel(lines, i, text, lead)
                        && Value(lead, text[ranges[k]], title) is var found
                        && found > value + 0.001
                    )
                    {
                        (best, value) = ((lead, i), found);
                    }
                }
            }

            linked |= lines[i].Kind is not (LineKind.Prose or LineKind.Blank) || Markup.Find(text).Count > 0;
            linked |= Passages.Classify(text) != PassageKind.Prose;
            // What stands behind a paragraph goes on with it; a long line is cut into several. A placeholder has swallowed the beginning
            // of what follows it.
            goesOn =
                lines[i].Kind == LineKind.Blank
                    ? goesOn
                    : text.EndsWith(']') || (lines[i].Kind == LineKind.Prose && text.Length >= OwnOpening);
        }

        return best;
    }

    private double Value(string lead, string sentence, HashSet<string> title) =>
        Covers(lead) + (Shared(sentence, title) * 0.1) + (Sentences.Split(lead).Any(range => OpeningWords.Announces(lead[range])) ? 1 : 0);

    // The sentence with the greeting before it and the ones behind it that go on; null where it may not stand first.
    private string? Lead(string text, List<Range> ranges, int first, int at, HashSet<string> title, bool goesOn, bool greets)
    {
        var sentence = text[ranges[at]];
        var announces = OpeningWords.Announces(sentence);
        if (
            Graphemes.DisplayWidth(sentence) < 30
            || Graphemes.Count(sentence) > LongestMoved
            || Markup.Find(sentence).Exists(span => span.Kind != MarkupKind.Hashtag)
            || !EndsLikeSentence(sentence)
            || Passages.Classify(sentence) != PassageKind.Prose
            || TitleSentences.IsGlued(sentence, source)
            || ForeignSentences.Contains(source, sentence)
            || !MayOpen(text, ranges[at].Start.Value)
            || !Sentences.IsWhole(text, ranges[at])
            || !OpeningWords.StandsAlone(sentence)
            || OpeningWords.SpeaksOfChannel(sentence)
            || !SaysMore(sentence)
            || Shared(sentence, title) < (announces || greets ? 1 : FewestShared)
            || (!announces && (goesOn || (first > 0 && !FollowsNothing(text, ranges, first))))
        )
        {
            return null;
        }

        // What goes on with it goes along; where that is more than an opening, it stays.
        var last = at;
        while (
            last + 1 < ranges.Count
            && Whole(text, ranges, first, last + 1).Length <= LongestParagraph
            && Passages.Classify(text[ranges[last + 1]]) == PassageKind.Prose
            && !OpeningWords.SpeaksOfChannel(text[ranges[last + 1]])
            && Markup.Find(text[ranges[last + 1]]).Count == 0
            && Sentences.IsWhole(text, ranges[last + 1])
            && EndsWithMark(text[ranges[last + 1]])
            && !HasRow(text[ranges[last + 1]])
        )
        {
            last++;
        }

        return last + 1 < ranges.Count && OpeningWords.RefersBack(text[ranges[last + 1]]) ? null : Whole(text, ranges, first, last);
    }

    private static string Whole(string text, List<Range> ranges, int first, int last) =>
        text[ranges[first].Start.GetOffset(text.Length)..ranges[last].End.GetOffset(text.Length)];

    // Nothing but a cry or a call stands before it in its paragraph.
    private static bool FollowsNothing(string text, List<Range> ranges, int first) =>
        ranges.Take(first).All(range => Graphemes.Count(text[range]) <= LongestCry || Passages.Classify(text[range]) != PassageKind.Prose);

    private static bool IsCry(string sentence) =>
        Graphemes.Count(sentence) <= LongestCry && Passages.Classify(sentence) == PassageKind.Prose && Markup.Find(sentence).Count == 0;

    private bool Greets(string sentence)
    {
        var words = DiscourseWords.For(source.Language.Code);
        return words.Begins(words.Form(sentence.TrimStart('¡', '!', ' ')), DiscourseKind.Greet) > 0;
    }

    // "Penguin – the whole review" in front of a link names the other video.
    private static bool IsLabel(List<DescriptionLine> lines, int at, string text, string lead) =>
        text.TrimEnd().EndsWith(lead, StringComparison.Ordinal)
        && !EndsWithMark(lead)
        && lines.Skip(at + 1).FirstOrDefault(line => line.Kind != LineKind.Blank).Text is { } next
        && Markup.Find(next) is [{ Start: 0, Kind: MarkupKind.Link }, ..];

    // Words of the title without the name of the channel.
    private HashSet<string> Subject()
    {
        var channel = source.ContentStems(source.Input.ChannelTitle ?? "").ToHashSet(StringComparer.Ordinal);
        var joined = Folding.Fold(source.Input.ChannelTitle ?? "").Replace(" ", "", StringComparison.Ordinal);
        return source
            .ContentStems(source.SafeTitle)
            .Where(stem => !channel.Contains(stem) && !(stem.Length > 2 && joined.Contains(stem, StringComparison.Ordinal)))
            .ToHashSet(StringComparer.Ordinal);
    }

    // A sentence that shares only the show's name with the title may be about anything.
    private int Shared(string sentence, HashSet<string> title)
    {
        var stems = source.ContentStems(sentence).Distinct(StringComparer.Ordinal).ToList();
        return stems.Count(stem =>
            title.Contains(stem)
            || (stem.Length >= LongStem && title.Any(of => of.StartsWith(Folding.StripDiacritics(stem), StringComparison.Ordinal)))
        );
    }

    // A copy of the title is above the description anyway.
    private bool SaysMore(string sentence) =>
        source.ContentStems(sentence).Except(source.ContentStems(source.SafeTitle), StringComparer.Ordinal).Count()
        >= (EndsWithMark(sentence) ? LeastNew : LeastNew + 1);

    // "////////The advice is …"
    private static bool HasRow(string text)
    {
        var run = 1;
        for (var i = 1; i < text.Length; i++)
        {
            run = text[i] == text[i - 1] && !char.IsLetterOrDigit(text[i]) ? run + 1 : 1;
            if (run >= LeastRow && text[i] is not ('.' or '!' or '?' or ' '))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsWithMark(string text) => text[^1] is '.' or '!' or '?' or '…' or '。' or '！' or '？' or '۔' or '।' or '؟';

    // It begins with a capital or a letter without case, and not after an ordinal ("2. Runde: …").
    private static bool MayOpen(string line, int start)
    {
        var before = line[..start].TrimEnd();
        // A placeholder has swallowed the beginning of what follows it.
        if (before.EndsWith(']'))
        {
            return false;
        }

        return (char.IsLetterOrDigit(line[start]) || line[start] is '"' or '“' or '«' or '¿' or '¡' or '「' or '『' or '„')
            && !char.IsLower(line[start])
            && !(before.Length > 1 && before[^1] == '.' && char.IsDigit(before[^2]));
    }

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
