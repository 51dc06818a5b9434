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
    private const double NamedToo = 0.4;

    // Columns of a quotation mark or a bracket.
    private const int OpeningMark = 2;

    // Without capitals a name cannot be told from another word.
    private static readonly string[] Uncased = ["ja", "zh", "ko", "th", "ar", "he", "hi", "bn", "ta", "te"];

    private static Check Keyphrase(Source source, string title)
    {
        var asked = AskedPhrases.Of(source);
        if (AskedPhrases.First(source, asked) is not { } primary)
        {
            return CheckCatalog.TitleKeyphrase.NotApplicable("The text holds no clear main phrase.");
        }

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

        var score = of == 0 ? 0 : got / of;
        var start = Find(title, source, primary);
        // A phrase that nobody can be asked for gives way to one that the title holds.
        if (start < 0 && !AskedPhrases.IsSubject(source, primary) && Held(source, title, asked) is { } held)
        {
            (primary, start) = (held, Find(title, source, held));
        }

        // What the creator tagged and begins the title with is its subject.
        var tagged = start is >= 0 and <= TitleOpening.Early && !IsWord(primary) ? null : TitleOpening.Tagged(source, title);
        if (tagged is { } opening && (start < 0 || opening.Column <= start))
        {
            return CheckCatalog.TitleKeyphrase.Scored(Math.Max(score, GoodEnough), Stands(opening.Text, opening.Column), "");
        }

        if (start < 0 && score >= GoodEnough)
        {
            return CheckCatalog.TitleKeyphrase.Scored(score, "The title names its subject.", "");
        }

        // "Show Name 143. Part": a name of everyday words, too.
        if (start < 0 && SeriesName.Of(source) is { } series)
        {
            var column = Math.Max(0, title.IndexOf(series, StringComparison.Ordinal));
            return CheckCatalog.TitleKeyphrase.Scored(Math.Max(score, GoodEnough), Stands(series, column), "");
        }

        if (start < 0 && !AskedPhrases.IsSubject(source, primary))
        {
            return CheckCatalog.TitleKeyphrase.Scored(
                score,
                "Title and description share no phrase that names the subject.",
                "Name the subject in the same words in title and description."
            );
        }

        if (start < 0)
        {
            return CheckCatalog.TitleKeyphrase.Scored(
                score,
                $"“{primary.Surface}”, which the text speaks of, is not in the title.",
                $"If the video is about “{primary.Surface}”, name it in the title, near its start."
            );
        }

        // What weighs little, and who made a song, need not be named.
        var other = asked
            .Where(main => main.Weight >= asked[0].Weight * NamedToo && !(IsMusic(source) && main.Phrase.Candidate.TitleCount == 0))
            .Select(main => (RankedPhrase?)main.Phrase)
            .FirstOrDefault(phrase =>
                phrase is { Candidate.Words.Length: > 1 } known
                && AskedPhrases.IsSubject(source, known)
                && Find(title, source, known) < 0
                && !SharesWord(source, title, known)
            );
        // A name among the first words is a subject, too, and some kinds put it last.
        var isEarly =
            start <= TitleOpening.Early
            || (start <= EarlyEnough && start < FirstPart(title))
            || !SubjectFirst(source)
            || !AskedPhrases.IsNamed(source, primary)
            || BeginsWithName(source, title);
        var more = other is null ? "" : $" The description also speaks of “{other.Value.Surface}”, which the title does not name.";
        var fix =
            !isEarly ? $"Bring “{primary.Surface}” towards the start of the title."
            : other is not null ? $"If the video is about “{other.Value.Surface}” too, name it."
            : "";
        // What leaves nothing to do is good enough.
        return CheckCatalog.TitleKeyphrase.Scored(
            fix.Length == 0 ? Math.Max(score, GoodEnough) : score,
            Stands(primary.Surface, start) + more,
            fix
        );
    }

    private static string Stands(string text, int column) =>
        column <= OpeningMark ? $"“{text}” opens the title." : Text($"“{text}” begins at column {column}.");

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

    private static RankedPhrase? Held(Source source, string title, IReadOnlyList<WeightedPhrase> asked)
    {
        foreach (var (phrase, _) in asked)
        {
            if (AskedPhrases.IsNameable(source, phrase) && Find(title, source, phrase) >= 0)
            {
                return phrase;
            }
        }

        return null;
    }

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
        var tagged =
            mark is not null ? null
            : TitleOpening.Tagged(source, title) is { } opening ? opening.Text
            : Artist(source, title);
        var uncased = mark is null && Array.IndexOf(Uncased, source.Language.Code) >= 0;
        var score = (0.6 * Math.Min(1, idf / 5)) + (mark is not null || tagged is not null ? 0.4 : 0);
        return CheckCatalog.TitleSpecific.Scored(
            score,
            tagged is not null ? $"“{tagged}” sets it apart."
                : mark is { } named
                    ? $"“{title.Substring(named.Start, named.Length)}” sets it apart"
                        + (idf < 3 ? "; the other words are everyday ones." : ".")
                : uncased ? "No number, and no word that is surely a name."
                : Text(
                    $"{count} {(count == 1 ? "word that says" : "words that say")} something, but no name or number that sets it apart."
                ),
            (mark is not null && idf >= 3) || tagged is not null
                ? ""
                : "Name the thing: who, what, where, how many — only what the video shows."
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

    private static bool IsTitleCased(List<Token> tokens) => tokens.Count(token => token.Has(TokenFlags.Capitalized)) > tokens.Count * 0.7;
}
