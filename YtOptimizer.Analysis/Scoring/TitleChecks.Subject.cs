using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <content>Whether a title names its subject (T2) and says something that sets it apart (T3).</content>
internal static partial class TitleChecks
{
    // Columns: a phrase that begins so early in the first part of a title is at its place.
    private const int EarlyEnough = 45;
    private const double GoodEnough = 0.8;

    // Channels that use a word that is no everyday one.
    private const int Rare = 1;
    private const double Enough = 0.85;
    private const double NoName = 0.7;
    private const double NotNamed = 0.55;
    private const double Late = 0.7;
    private const double Behind = 0.1;

    // Columns of a quotation mark or a bracket.
    private const int OpeningMark = 2;

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

    // Where the subject stands, if there is one for all that can be told.
    private static Check Placed(Source source, string title)
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
                : CheckCatalog.TitleKeyphrase.Scored(
                    1 - Behind,
                    "No fault found; which of its phrases people search for cannot be told for sure.",
                    ""
                );
        }

        var first = subjects[0];
        var column = first.ColumnIn(title);
        if (column <= OpeningMark)
        {
            return CheckCatalog.TitleKeyphrase.Scored(1, $"“{first.Text}” opens the title.", "");
        }

        if (column <= TitleOpening.Early || (column <= EarlyEnough && column < FirstPart(title)) || BeginsWithName(source, title))
        {
            return CheckCatalog.TitleKeyphrase.Scored(
                1 - (Behind * Math.Min(1, column / (double)Shown)),
                column <= TitleOpening.Early ? $"“{first.Text}” stands near the start of the title." : $"The title names “{first.Text}”.",
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
            : CheckCatalog.TitleKeyphrase.Scored(1 - Behind, $"The title names “{first.Text}”.", "");
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
        var bar = title.AsSpan().IndexOfAny('|', '｜', '•');
        var dash = title.IndexOf(" - ", StringComparison.Ordinal);
        var end =
            bar < 0 ? dash
            : dash < 0 ? bar
            : Math.Min(bar, dash);
        return end < 0 ? int.MaxValue : Graphemes.DisplayWidth(title[..end]);
    }

    private static Check Specific(Source source, string title, List<Token> tokens)
    {
        var lexicon = source.Model.Lexicon;
        double sum = 0;
        var count = 0;
        Token? mark = null;
        // Of all main phrases: which of them comes first hangs by a hair.
        var names = Names(source);
        var titled = IsTitleCased(tokens);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (!token.IsStop)
            {
                sum += Math.Log((lexicon.Channels + 1.0) / (lexicon.Word(token.Folded, null).Doc + 1.0));
                count++;
            }

            if (mark is null && SetsApart(source, title, tokens, i, titled, names))
            {
                mark = token;
            }
        }

        var shouts = tokens.Count(token => token.Has(TokenFlags.AllCaps)) * 2 > tokens.Count;
        mark ??= tokens.Find(token => IsMark(source, title, token, shouts)) is { Length: > 0 } other ? other : null;

        var idf = count == 0 ? 0 : sum / count;
        // What the creator tagged is what it is about, in scripts without capitals, too.
        var subject = SureSubjects.Of(source, title) is { Count: > 0 } subjects ? subjects[0].Text : Artist(source, title);
        var score = (0.6 * Math.Min(1, idf / 5)) + (mark is not null || subject is not null ? 0.4 : 0);
        var isEveryday = idf < 3;
        if (mark is null && subject is null)
        {
            return CheckCatalog.TitleSpecific.Scored(
                Math.Min(score, NoName),
                "It says what it is in general words: no number, and no word that is surely a name.",
                "Name the thing: who, what, where, how many — only what the video shows."
            );
        }

        return CheckCatalog.TitleSpecific.Scored(
            isEveryday ? score : Math.Max(score, Enough),
            (subject is not null ? $"“{subject}” sets it apart" : "A name, a number or a rare word sets it apart")
                + (isEveryday && score < Enough ? "; the other words are everyday ones." : "."),
            isEveryday && subject is null ? "Name the thing: who, what, where, how many — only what the video shows." : ""
        );
    }

    // The channel of a song bears the artist's name.
    private static string? Artist(Source source, string title) =>
        IsMusic(source) ? TitleSegments.Split(title, source).Find(segment => segment.Role == SegmentRole.Channel).Text : null;

    // A number, or a word that is a name for all that can be told.
    private static bool SetsApart(Source source, string title, List<Token> tokens, int i, bool titled, HashSet<string> names)
    {
        var token = tokens[i];
        if (token.Has(TokenFlags.Digits))
        {
            return true;
        }

        if (token.IsStop || source.IsEveryday(token.Folded) || PromisedWords.IsFrame(token.Folded))
        {
            return false;
        }

        var surface = title.AsSpan(token.Start, token.Length);
        // A word that the description writes small is no name, wherever the title puts it.
        var isSmall = source.Attested(token.Folded) is { Length: > 0 } form && char.IsLower(form[0]);
        var cased = token.Has(TokenFlags.Capitalized) || token.Has(TokenFlags.AllCaps);
        return names.Contains(token.Folded)
            || source.IsNamed(token.Folded)
            || (i > 0 && token.Has(TokenFlags.Capitalized) && !token.Has(TokenFlags.AllCaps) && !titled && !isSmall)
            // "PyCon", "iPhone".
            || (surface.Length > 3 && surface[1..].ContainsAnyInRange('A', 'Z') && surface.ContainsAnyInRange('a', 'z'))
            // A name in Latin letters within another script.
            || (token.Script == Script.Latin && token.Length > 2 && OtherScripts.Contains(source.Language.Code) && !IsCommon(token))
            // Where all words have capitals, those that are no everyday ones are names most of the time.
            || (cased && source.KnowsEveryday && token.Length > 3 && !isSmall && !IsCommon(token))
            || (token.Script == Script.Katakana && token.Length > 2 && source.KnowsEveryday);
    }

    // "HPC" in a title that does not shout, a brand in its own letters, "P!nk", "memcached" where the words of the language are known.
    private static bool IsMark(Source source, string title, Token token, bool shouts)
    {
        if (token.IsStop || token.Script != Script.Latin || source.IsEveryday(token.Folded) || IsCommon(token))
        {
            return false;
        }

        return (token.Has(TokenFlags.AllCaps) && token.Length is >= 2 and <= 5 && !shouts)
            || Brands.Form(token.Folded) is not null
            || (token.End + 1 < title.Length && title[token.End] is '!' or '$' && char.IsLetter(title[token.End + 1]))
            || (
                source.Language.Code == "en"
                && token.Length > 4
                && source.Model.Lexicon.Word(token.Folded, null).Doc <= Rare
                && source.Text.DescriptionTokens.Exists(own => own.Folded == token.Folded)
            );
    }

    private static bool IsCommon(Token token) => TitleParser.IsQualifier(token.Folded) || PhraseQuality.IsEverywhere(token.Folded);

    internal static bool IsTitleCased(List<Token> tokens) => tokens.Count(token => token.Has(TokenFlags.Capitalized)) > tokens.Count * 0.7;
}
