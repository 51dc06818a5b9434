using System.Buffers;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>What a title without a name of its own still offers: the show before the number of its part, a whole short clause, a phrase
/// that the creator uses elsewhere, last a single name. A cut clause is never taken.</summary>
internal static partial class OverlayLast
{
    private static readonly SearchValues<char> Unwanted = SearchValues.Create("|#@()[]{}【】《》<>:/\\_…=+");
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" -–—*\"“”«»'~¿¡★♥");
    private const int MostWords = 4;
    private const int Widest = 30;
    private const int Narrowest = 3;
    private const int NarrowestUnspaced = 4;
    private const double LikelyPhrase = 0.12;
    private const double LikelyWord = 0.25;
    private const double MostlyCapitals = 0.7;

    // YouTube takes 100 characters: the last word of a title near that is often cut.
    private const int CutTitle = 95;

    /// <summary>Null where no stretch of the title is whole.</summary>
    public static string? Of(Source source)
    {
        var title = TextCleaner.Tidy(source.SafeTitle);
        return BeforeNumber(source, title)
            ?? Clauses(title, Strong()).FirstOrDefault(clause => IsWhole(source, clause))
            ?? Phrases(source, title)
            ?? Clauses(title, Weak())
                .Take(title.AsSpan().ContainsAny('?', '？') ? 0 : 1)
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
            var end = match.Index + match.Length;
            if (Opens(text, start) && !GoesOn(text, match.Value, end))
            {
                yield return Clean(text[start..match.Index]) + (match.Value[0] is '?' or '？' ? match.Value[..1] : "");
            }

            start = end;
        }

        if (Opens(text, start))
        {
            yield return Clean(text[start..]);
        }
    }

    // "dvpt.. site", "10.30": after these marks a small letter goes on with the sentence.
    private static bool GoesOn(string text, string mark, int end) => mark.Trim()[0] is '.' or '…' && end < text.Length && !Opens(text, end);

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
                && !tokens.Exists(token => Outcries.Is(token.Folded))
                && ((!tokens[^1].IsStop && PhraseEdges.For(source.Language.Code).Closes(tokens[^1].Folded)) || clause[^1] is '?' or '？');
        }

        // The channel's name stands beside every thumbnail.
        var word = tokens[0];
        return !IsOfChannel(source, clause)
            && (
                word.IsUnspaced
                    ? Graphemes.DisplayWidth(clause) >= NarrowestUnspaced
                    : !source.IsEveryday(word.Folded) && (source.TagKeys.Contains(word.Folded) || source.IsNamed(word.Folded))
            );
    }

    // Phrases that are written elsewhere, too, or that creators tag.
    private static string? Phrases(Source source, string title)
    {
        var tokens = source.Tokens(title);
        var capitals = HasManyCapitals(tokens);
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
                && !IsInside(tokens, candidate.Words)
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
        var capitals = IsShouted(tokens);
        // In a case of its sentence only the creator's tag shows the plain form.
        var inflects = ThumbnailThings.Inflects(source.Language.Code);
        foreach (var phrase in source.Phrases)
        {
            var candidate = phrase.Candidate;
            if (
                candidate.Words.Length != 1
                || candidate.TitleCount == 0
                || source.IsEveryday(phrase.Key)
                || IsOfChannel(source, phrase.Surface)
                || PromisedWords.IsForm(source, phrase.Key)
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
                && !(at == tokens.Count - 1 && title.Length >= CutTitle)
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

    // "10.급발진 인정", "HOY 10/30": the number of a part or a date.
    [GeneratedRegex(@"^\d+\s?[.)]|\d[/.]\d|\s\d+$", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex HasLooseNumber();

    [GeneratedRegex(
        @"\s?[|｜:：]\s?|\s/\s|\s[-–—•]\s|[!?！？。…]+|(?<!\d)\.(?=\s)|\.{2,}",
        RegexOptions.CultureInvariant,
        Patterns.Timeout
    )]
    private static partial Regex Strong();

    [GeneratedRegex(
        @"\s?[|｜:：]\s?|\s/\s|\s[-–—•]\s|[!?！？。…،、，]+|,(?!\d)|(?<!\d)\.(?=\s)|\.{2,}",
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
