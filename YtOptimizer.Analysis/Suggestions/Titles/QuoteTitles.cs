using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>"Name: “what they said”", where the description quotes somebody whom the title or the tags name too.</summary>
internal sealed partial class QuoteTitles(Source source, TitleShape shape, TitleWords words)
{
    private const int Widest = 88;
    private const int Read = 3000;
    private const int FewestWords = 4;
    private const int FewestUnspaced = 8;
    private const int Reach = 40;
    private readonly string code = source.Language.Code;

    public IEnumerable<TitleDraft> Write()
    {
        if (words.Says.Count == 0 || source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Kids)
        {
            yield break;
        }

        var text = Graphemes.Take(source.AboutText, Read);
        foreach (var match in Quotation().Matches(text).AsEnumerable())
        {
            var said = match.Groups["said"].Value.Trim().TrimEnd(',', '.', '。', '，');
            if (
                IsWhole(said)
                && Speaker(text, match.Index, match.Index + match.Length) is { } speaker
                && Graphemes.DisplayWidth(speaker + said) + 4 <= Widest
                && shape.Finish(speaker + Separator + Quoted(said)) is { } title
            )
            {
                yield return new TitleDraft(
                    title,
                    TitleApproach.Quote,
                    $"Quotes {speaker} from your description: viewers of news and talks want to know who said what.",
                    0.72
                );
                yield break;
            }
        }
    }

    private string Separator =>
        code switch
        {
            "ja" or "zh" => "",
            "fr" => " : ",
            _ => ": ",
        };

    private string Quoted(string said) =>
        code switch
        {
            "ja" => $"「{said}」",
            "zh" => $"：“{said}”",
            "fr" => $"« {said} »",
            "ru" or "uk" or "es" or "it" => $"«{said}»",
            "de" or "cs" or "sk" => $"„{said}“",
            "pl" => $"„{said}”",
            "sv" => $"”{said}”",
            _ => $"“{said}”",
        };

    // A sentence, and not a name or a word in quotation marks.
    private bool IsWhole(string said)
    {
        var tokens = source.Tokens(said);
        return said.Length > 0
            && (char.IsUpper(said[0]) || said[0] is '¿' or '¡' || Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(said))) || code == "ko")
            && (
                Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(said)))
                    ? said.Length >= FewestUnspaced
                    : tokens.Count >= FewestWords && tokens.Exists(token => token.IsStop || code == "ko")
            )
            && said.AsSpan().IndexOfAny(TitleShape.Foreign) < 0
            && !TitleSentences.IsDated(said)
            && !tokens.Exists(token => token.Has(TokenFlags.AllCaps) && token.Length > 3);
    }

    // "…”, said Jane Roe", "Jane Roe said: “…": the name beside the verb beside the quotation.
    private string? Speaker(string text, int start, int end)
    {
        var after = text[end..Math.Min(text.Length, end + Reach * 2)];
        var before = text[Math.Max(0, start - (Reach * 2))..start];
        foreach (var verb in words.Says)
        {
            var behind = after.TrimStart(' ', ',', '.', '-', '–', '—');
            if (
                behind.StartsWith(verb + " ", StringComparison.OrdinalIgnoreCase)
                && NameAt(behind[(verb.Length + 1)..], false) is { } follows
            )
            {
                return follows;
            }

            if (
                NameAt(behind, false) is { } first
                && behind[first.Length..].TrimStart().StartsWith(verb, StringComparison.OrdinalIgnoreCase)
            )
            {
                return first;
            }

            var ahead = before.TrimEnd(' ', ':', ',');
            if (ahead.EndsWith(" " + verb, StringComparison.OrdinalIgnoreCase) && NameAt(ahead[..^(verb.Length + 1)], true) is { } leads)
            {
                return leads;
            }
        }

        return null;
    }

    private string? NameAt(string text, bool atEnd)
    {
        var match = (atEnd ? NameLast() : NameFirst()).Match(text);
        var name = match.Success ? match.Groups["name"].Value : "";
        // Somebody whom only the sentence names is nobody that viewers look for.
        return
            name.Length > 2
            && (
                Folding.Fold(source.SafeTitle).Contains(Folding.Fold(name.Split(' ')[^1]), StringComparison.Ordinal)
                || source.TagKeys.Contains(Folding.Fold(name))
            )
            ? name
            : null;
    }

    [GeneratedRegex(
        "[“„«\u0022「]\\s?(?<said>[^“”„«»\u0022「」\n]{12,90}?)\\s?[”“»\u0022」]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Quotation();

    [GeneratedRegex(
        @"^(?<name>\p{Lu}[\p{L}'’-]+(?: (?:de |da |del |di |van |von |el |al-)?\p{Lu}[\p{L}'’-]+){1,2})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex NameFirst();

    [GeneratedRegex(
        @"(?<name>\p{Lu}[\p{L}'’-]+(?: (?:de |da |del |di |van |von |el |al-)?\p{Lu}[\p{L}'’-]+){1,2})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex NameLast();
}
