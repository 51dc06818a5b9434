using System.Globalization;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Which part of a series a title says it is: "Episode 290", "21. Bölüm".</summary>
internal static partial class PartLabel
{
    private const int LongestNumber = 4;
    private const int Widest = 16;
    private static readonly HashSet<string> Whole = new(["complet", "completo", "completa", "complete", "full"], StringComparer.Ordinal);
    private static readonly HashSet<string> Seasons = new(
        ["season", "temporada", "saison", "staffel", "sezon", "stagione", "сезон", "seizoen", "시즌", "シーズン", "mùa", "musim"],
        StringComparer.Ordinal
    );

    /// <summary>The number with its word, as the title writes them; null where it has none, or only a number.</summary>
    public static string? Of(Source source)
    {
        var tokens = source.Text.TitleTokens;
        string? season = null;
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            var (one, other) = (tokens[i], tokens[i + 1]);
            var (number, word) = one.Has(TokenFlags.Digits) ? (one, other) : (other, one);
            if (
                number.Has(TokenFlags.Digits)
                && number.Length <= LongestNumber
                && !word.Has(TokenFlags.Digits)
                && word.Length > 1
                // "Acero 5 Capitulo 11": the number behind the word is its own.
                && !Whole.Contains(word.Folded)
                && !(
                    one == number
                    && source.SafeTitle[one.End] != '.'
                    && i + 2 < tokens.Count
                    && tokens[i + 2].Has(TokenFlags.Digits)
                    && tokens[i + 2].Before <= Gap.Joint
                )
                && (source.Template.Part.Contains(word.Folded, StringComparer.Ordinal) || PromisedWords.IsPart(word.Folded))
                && source.SafeTitle[one.Start..other.End] is { Length: <= Widest } text
                && text.All(IsPlain)
            )
            {
                // The season says less than the episode behind it.
                if (!Seasons.Contains(word.Folded))
                {
                    return text;
                }

                season ??= text;
            }
        }

        return season ?? (tokens.FindIndex(token => Glued().IsMatch(token.Folded)) is >= 0 and var at ? Text(source, tokens[at]) : null);
    }

    private static string Text(Source source, Token token) => source.SafeTitle[token.Start..token.End];

    [GeneratedRegex(@"^(?:s\d{1,2}e\d{1,3}|ep\d{1,4}|t\d{1,2}e\d{1,3})$", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Glued();

    private static bool IsPlain(char c) =>
        char.IsLetterOrDigit(c)
        || c is ' ' or '.' or '-' or '#'
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
