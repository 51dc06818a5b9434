using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <content>Whether a title names its subject, and where (T2).</content>
internal static partial class TitleChecks
{
    // Columns: a phrase that begins so early in the first part of a title is at its place.
    private const int EarlyEnough = 45;
    private const double GoodEnough = 0.8;

    private const double NotNamed = 0.55;
    private const double Late = 0.7;
    private const double Behind = 0.1;

    // Share of the score that hangs on the phrases that are only likely.
    private const double Likely = 0.25;

    // Columns of a quotation mark or a bracket.
    private const int OpeningMark = 2;
    private const int ReadFirst = 32;

    // How well a title holds the main phrases, for comparing titles of one video; of a phrase that is only likely nothing is said.
    private static Check Keyphrase(Source source, string title)
    {
        var asked = AskedPhrases.Of(source);
        double got = 0,
            of = 0;
        var late = SubjectFirst(source) ? 0.5 : 0.1;
        foreach (var (phrase, weight) in asked)
        {
            var at = Find(title, source, phrase);
            // One word that is no name says less than a phrase; a phrase that only the description holds is missed, but not by half as
            // many.
            var single = IsWord(phrase) && !AskedPhrases.IsNamed(source, phrase) ? SingleWord : 1;
            got += at < 0 ? 0 : weight * single * (1 - (late * Math.Clamp((at - 20) / 60.0, 0, 1)));
            of += at < 0 && phrase.Candidate.TitleCount == 0 ? weight * NotInTitle : weight;
        }

        if (of == 0)
        {
            return CheckCatalog.TitleKeyphrase.NotApplicable("");
        }

        // What the creator tagged and begins the title with is its subject.
        var score = got / of;
        return CheckCatalog.TitleKeyphrase.Scored(
            score < GoodEnough && TitleOpening.Tagged(source, title) is not null ? GoodEnough : score,
            "",
            ""
        );
    }

    // Where the subject stands, if there is one for all that can be told. The likely phrases count a little, too: a title that tears them
    // or brings them late is a little worse, whether the subject is sure or not.
    private static Check Placed(Source source, string title)
    {
        var placed = Sure(source, title);
        var likely = Keyphrase(source, title);
        return likely.Applicable ? placed with { Score = Math.Round(placed.Score * (1 - (Likely * (1 - likely.Score))), 4) } : placed;
    }

    private static Check Sure(Source source, string title)
    {
        // One word that only a tag holds may be its lesser half.
        var subjects = SureSubjects
            .Of(source, title)
            .FindAll(subject => subject.IsTold || subject.Text.Contains(' ', StringComparison.Ordinal));
        if (subjects.Count == 0)
        {
            return Missed(source, title) is { } missed
                ? CheckCatalog.TitleKeyphrase.Scored(
                    NotNamed,
                    $"The description speaks of “{missed}” more than once; the title does not name it.",
                    $"If the video is about “{missed}”, name it in the title, near its start."
                )
                : CheckCatalog.TitleKeyphrase.Scored(1 - Behind, ReadsFirst(source, title), "");
        }

        var first = subjects[0];
        var column = first.ColumnIn(title);
        if (column <= OpeningMark)
        {
            // One word says less than a phrase of several.
            var whole = first.Text.Contains(' ', StringComparison.Ordinal);
            return CheckCatalog.TitleKeyphrase.Scored(whole ? 1 : 1 - (Behind / 2), $"“{first.Text}” opens the title.", "");
        }

        if (column <= TitleOpening.Early || (column <= EarlyEnough && column < FirstPart(title)) || BeginsWithName(source, title))
        {
            return CheckCatalog.TitleKeyphrase.Scored(
                1 - (Behind * Math.Min(1, column / (double)Shown)),
                column <= TitleOpening.Early ? $"“{first.Text}” stands near the start of the title." : Named(source, title, first.Text),
                ""
            );
        }

        // Late is only what is the first of the main phrases and a tag, too; some kinds put the subject last.
        var isLate =
            SubjectFirst(source)
            && source.Kind.Confidence >= SureKind
            && source.Primary is { } primary
            && primary.Key == Folding.Fold(first.Text)
            && source.TagKeys.Contains(primary.Key);
        return isLate
            ? CheckCatalog.TitleKeyphrase.Scored(
                Late,
                Text($"The title names “{first.Text}”, but only from column {column} on."),
                $"Bring “{first.Text}” towards the start of the title."
            )
            : CheckCatalog.TitleKeyphrase.Scored(1 - Behind, Named(source, title, first.Text), "");
    }

    // A single word from within a title may be the lesser half of its subject.
    private static string Named(Source source, string title, string subject) =>
        subject.Contains(' ', StringComparison.Ordinal) ? $"The title names “{subject}”." : ReadsFirst(source, title);

    private static string ReadsFirst(Source source, string title) =>
        FirstWords(source, title) is var words && words.Length < title.Trim().Length
            ? $"Viewers read “{words}” first."
            : "It is short enough to be read at once.";

    // Up to the first mark that parts a title, else whole words.
    private static string FirstWords(Source source, string title)
    {
        var text = title.Trim();
        var first = FirstPart(text);
        var words = (first <= ReadFirst ? text[..EndOfFirst(text)] : Graphemes.TakeWords(text, ReadFirst)).Split(' ').ToList();
        // "Desenvolvimento de": a small word leads on.
        while (words.Count > 1 && (words[^1].Length < 2 || source.StopWords.Contains(Folding.Fold(words[^1]))))
        {
            words.RemoveAt(words.Count - 1);
        }

        return string.Join(' ', words).TrimEnd(' ', ',', '-', '–', '|', ':');
    }

    // A full name that the description speaks of and the title has no word of.
    private static string? Missed(Source source, string title)
    {
        if (IsMusic(source) || BeginsWithName(source, title))
        {
            return null;
        }

        foreach (var (phrase, _) in AskedPhrases.Of(source))
        {
            var candidate = phrase.Candidate;
            if (
                candidate.Words.Length > 1
                && candidate.Capitalized == candidate.Total
                && candidate.AllCaps == 0
                && candidate.Masked == 0
                && AskedPhrases.IsSubject(source, phrase)
                && !SharesWord(source, title, phrase)
            )
            {
                return phrase.Surface;
            }
        }

        return null;
    }

    private static bool SubjectFirst(Source source) =>
        KindConventions.For(source.Kind.About).SubjectFirst || source.Kind.Confidence < SureKind;

    private static bool BeginsWithName(Source source, string title)
    {
        var names = Names(source);
        return source
            .Tokens(title)
            .Exists(token =>
                Graphemes.DisplayWidth(title[..token.Start]) <= TitleOpening.Early
                && (names.Contains(token.Folded) || source.IsNamed(token.Folded))
            );
    }

    // "Jair Bolsonaro" where the title says "Bolsonaro".
    private static bool SharesWord(Source source, string title, RankedPhrase phrase) =>
        source.Tokens(title).Exists(token => phrase.Candidate.Words.Contains(token.Folded, StringComparer.Ordinal));

    private static HashSet<string> Names(Source source) =>
        source
            .Main.Select(main => main.Phrase.Candidate)
            .Where(candidate => candidate.AllCaps == 0 && candidate.Capitalized * 2 > candidate.Total)
            .SelectMany(candidate => candidate.Words)
            .ToHashSet(StringComparer.Ordinal);

    private static bool IsMusic(Source source) => source.Kind.About is VideoKind.Music or VideoKind.Performance;

    private static bool IsWord(RankedPhrase phrase) => phrase.Candidate.Words.Length == 1 && !phrase.Candidate.Has(CandidateMarks.Unspaced);

    // Column where the first part of a title ends.
    private static int FirstPart(string title)
    {
        var end = EndOfFirst(title);
        return end < 0 ? int.MaxValue : Graphemes.DisplayWidth(title[..end]);
    }

    private static int EndOfFirst(string title)
    {
        var bar = title.AsSpan().IndexOfAny('|', '｜', '•');
        var dash = title.IndexOf(" - ", StringComparison.Ordinal);
        return bar < 0 ? dash
            : dash < 0 ? bar
            : Math.Min(bar, dash);
    }
}
