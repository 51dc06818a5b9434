using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What a title without a name of its own still offers: the show before the number of its part, a whole short clause, a phrase that
/// the creator uses elsewhere, last a single name. A cut clause is never taken.</summary>
internal static partial class OverlayLast
{
    private static readonly SearchValues<char> Unwanted = SearchValues.Create("|#@()[]{}【】《》<>:/\\_…=+");
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" -–—*\"“”«»'~¿¡★♥");
    private static readonly FrozenSet<string> Outcries = WordList
        .Section("title-words.txt", "outcries")
        .Select(Folding.Fold)
        .ToFrozenSet(StringComparer.Ordinal);
    private const int MostWords = 4;
    private const int Widest = 30;
    private const int Narrowest = 3;
    private const int NarrowestUnspaced = 4;
    private const double LikelyPhrase = 0.12;
    private const double LikelyWord = 0.25;
    private const double MostlyCapitals = 0.7;

    /// <summary>Null where no stretch of the title is whole.</summary>
    public static string? Of(Source source)
    {
        var title = TextCleaner.Tidy(source.SafeTitle);
        return BeforeNumber(source, title)
            ?? Clauses(title, Strong()).FirstOrDefault(clause => IsWhole(source, clause))
            ?? Phrases(source, title)
            ?? Clauses(title, Weak())
                .Take(1)
                .FirstOrDefault(clause => clause.Contains(' ', StringComparison.Ordinal) && IsWhole(source, clause))
            ?? Word(source, title);
    }

    // "Beni Bırakma 143. Bölüm": the show's name stands before the number of its part.
    private static string? BeforeNumber(Source source, string title)
    {
        var tokens = source.Tokens(title);
        var at = tokens.FindIndex(token =>
            token.Has(TokenFlags.Digits) || source.Template.Part.Contains(token.Folded, StringComparer.Ordinal)
        );
        if (at < 1 || !tokens.Exists(token => source.Template.Part.Contains(token.Folded, StringComparer.Ordinal)))
        {
            return null;
        }

        // The name ends at a mark, and begins the title.
        var end = at;
        for (var i = 1; i < at; i++)
        {
            if (tokens[i].Before >= Gap.Break)
            {
                end = i;
                break;
            }
        }

        var name = title[tokens[0].Start..tokens[end - 1].End];
        return tokens[0].Start <= 1 && Fits(source, name) && !tokens[end - 1].IsStop && !TitleParser.IsMonth(tokens[0].Folded)
            ? name
            : null;
    }

    // What follows a mark is a clause of its own where it begins like one; brackets at the ends are set aside.
    private static IEnumerable<string> Clauses(string title, Regex marks)
    {
        var text = EndBrackets().Replace(title, "");
        var start = 0;
        foreach (Match match in marks.Matches(text))
        {
            if (Opens(text, start))
            {
                yield return Clean(text[start..match.Index]) + (match.Value[0] is '?' or '？' ? match.Value[..1] : "");
            }

            start = match.Index + match.Length;
        }

        if (Opens(text, start))
        {
            yield return Clean(text[start..]);
        }
    }

    private static bool Opens(string text, int start)
    {
        var first = text.AsSpan(start).IndexOfAnyExcept(Blanks);
        return first >= 0 && !char.IsLower(text[start + first]);
    }

    private static string Clean(string clause)
    {
        var output = new System.Text.StringBuilder();
        foreach (var rune in clause.EnumerateRunes().Where(rune => !Graphemes.IsEmoji(rune) && rune.Value != 0xFE0F))
        {
            output.Append(rune.ToString());
        }

        return TextCleaner
            .Tidy(output.ToString())
            .Trim(' ', '-', '–', '—', '*', '"', '“', '”', '«', '»', '\'', '~', ',', '¿', '¡', '★', '♥', '.', '!');
    }

    private static bool IsWhole(Source source, string clause)
    {
        if (!Fits(source, clause))
        {
            return false;
        }

        var tokens = source.Tokens(clause);
        if (tokens.Count > 1)
        {
            return (
                    !tokens[0].IsStop
                    || clause[^1] is '?' or '？'
                    || source.SafeTitle.TrimStart().StartsWith(clause, StringComparison.Ordinal)
                )
                && !tokens.Exists(token => Outcries.Contains(token.Folded))
                && ((!tokens[^1].IsStop && PhraseEdges.For(source.Language.Code).Closes(tokens[^1].Folded)) || clause[^1] is '?' or '？');
        }

        var word = tokens[0];
        return word.IsUnspaced
            ? Graphemes.DisplayWidth(clause) >= NarrowestUnspaced
            : !source.IsEveryday(word.Folded) && (source.TagKeys.Contains(word.Folded) || source.IsNamed(word.Folded));
    }

    // Phrases that are written elsewhere, too, or that creators tag.
    private static string? Phrases(Source source, string title)
    {
        var capitals = HasManyCapitals(source.Tokens(title));
        foreach (var phrase in source.Phrases)
        {
            var candidate = phrase.Candidate;
            if (
                phrase.Probability >= LikelyPhrase
                && candidate.Words.Length is > 1 and <= MostWords
                && candidate.TitleCount > 0
                && (
                    source.TagKeys.Contains(phrase.Key)
                    || candidate.DescriptionCount > 0
                    || (!capitals && source.Model.Lexicon.IsTag(phrase.Key))
                )
                && !char.IsDigit(phrase.Surface[0])
                && !TitleSegments.IsChannel(phrase.Surface, source)
                && IsPlain(source, phrase)
                && !OverlayWords.IsClause(source, phrase.Surface)
                && Find(title, phrase.Surface) is { } text
                && Fits(source, text)
            )
            {
                return text;
            }
        }

        return null;
    }

    // A name or a tag in its plain form; never an everyday word.
    private static string? Word(Source source, string title)
    {
        var tokens = source.Tokens(title);
        var capitals = HasManyCapitals(tokens);
        // In a case of its sentence only the creator's tag shows the plain form.
        var inflects = ThumbnailThings.Inflects(source.Language.Code);
        foreach (var phrase in source.Phrases)
        {
            var candidate = phrase.Candidate;
            if (
                candidate.Words.Length != 1
                || candidate.TitleCount == 0
                || source.IsEveryday(phrase.Key)
                || TitleSegments.IsChannel(phrase.Surface, source)
                || !IsPlain(source, phrase)
            )
            {
                continue;
            }

            var at = tokens.FindIndex(token => token.Folded == phrase.Key);
            var isTag =
                source.TagKeys.Contains(phrase.Key)
                || (
                    source.Model.Lexicon.Phrase(phrase.Key, null).Tag > 1
                    && (!inflects || (candidate.Has(CandidateMarks.Latin) && source.Language.Code is "ru" or "uk"))
                );
            var named =
                at >= 0
                && (
                    source.IsNamed(phrase.Key)
                    || (at > 0 && !capitals && tokens[at].Has(TokenFlags.Capitalized) && candidate.Capitalized >= candidate.Total)
                );
            if (
                at >= 0
                && !tokens[at].Folded.All(c => c is >= '\u3041' and <= '\u309F')
                && !IsBesideName(tokens, at, capitals)
                && (
                    isTag
                    || (named && !inflects && phrase.Probability >= LikelyPhrase)
                    || (tokens[at].IsUnspaced && phrase.Probability >= LikelyWord)
                )
                && Find(title, phrase.Surface) is { } text
                && Graphemes.DisplayWidth(text) >= (tokens[at].IsUnspaced ? NarrowestUnspaced : Narrowest)
                && Fits(source, text)
            )
            {
                return text;
            }
        }

        return null;
    }

    private static bool HasManyCapitals(List<Token> tokens) =>
        tokens.Count(token => token.Has(TokenFlags.Capitalized)) > tokens.Count * MostlyCapitals;

    private static bool IsPlain(Source source, RankedPhrase phrase) =>
        PhraseQuality.IsPresentable(source, phrase)
        && TagQuality.IsTag(source, phrase)
        && !phrase.Candidate.Has(CandidateMarks.Stripped | CandidateMarks.Unglued | CandidateMarks.SplitHashtag | CandidateMarks.EdgeStop)
        && !OverlayWords.IsLoose(source, phrase);

    // "Reggie" of "Reggie Jackson", "Guadalupe" of "Rosa de Guadalupe", "Ann" of "Ann and Bob".
    private static bool IsBesideName(List<Token> tokens, int at, bool capitals)
    {
        bool IsName(int i) => i >= 0 && i < tokens.Count && tokens[i].Has(TokenFlags.Capitalized) && !tokens[i].IsStop;
        bool Touches(int i) => i > 0 && i < tokens.Count && tokens[i].Before <= Gap.Joint;
        return !capitals
            && tokens[at].Has(TokenFlags.Capitalized)
            && (
                (Touches(at) && (IsName(at - 1) || (tokens[at - 1].IsStop && Touches(at - 1) && IsName(at - 2))))
                || (Touches(at + 1) && (IsName(at + 1) || (tokens[at + 1].IsStop && Touches(at + 2) && IsName(at + 2))))
            );
    }

    // As the title writes it, where it stands there as a whole.
    private static string? Find(string title, string text)
    {
        var at = title.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || text.Length == 0)
        {
            return null;
        }

        var end = at + text.Length;
        var unspaced = Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(text)));
        return unspaced || ((at == 0 || !char.IsLetterOrDigit(title[at - 1])) && (end == title.Length || !char.IsLetterOrDigit(title[end])))
            ? title[at..end]
            : null;
    }

    private static bool Fits(Source source, string text)
    {
        var folded = Folding.Fold(text);
        return Graphemes.DisplayWidth(text) is >= Narrowest and <= Widest
            && text.Split(' ').Length <= MostWords
            && !TitleParser.IsQualifier(folded)
            && !FormWords.SaysNothing(source, text)
            && TitleSegments.RoleOf(text, source)
                is not (SegmentRole.Episode or SegmentRole.Date or SegmentRole.Hashtag or SegmentRole.Qualifier)
            && Markup.Find(text).Count == 0
            && !text.AsSpan().ContainsAny(Unwanted)
            && !text.EnumerateRunes().Any(Graphemes.IsEmoji)
            && source.Tokens(text) is { Count: > 0 } tokens
            && tokens.Exists(token => !token.IsStop && !token.Has(TokenFlags.Digits))
            && (tokens.Count > 1 || !tokens[0].IsStop);
    }

    [GeneratedRegex(@"\s?[|｜/:：]\s?|\s[-–—•]\s|[!?！？。…]+|(?<!\d)\.(?=\s)|\.{2,}", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Strong();

    [GeneratedRegex(
        @"\s?[|｜/:：]\s?|\s[-–—•]\s|[!?！？。…،、，]+|,(?!\d)|(?<!\d)\.(?=\s)|\.{2,}",
        RegexOptions.CultureInvariant,
        Patterns.Timeout
    )]
    private static partial Regex Weak();

    [GeneratedRegex(
        @"^\s*[(\[【（《][^)\]】）》]*[)\]】）》]|[(\[【（《][^)\]】）》]*[)\]】）》]\s*$",
        RegexOptions.CultureInvariant,
        Patterns.Timeout
    )]
    private static partial Regex EndBrackets();
}
