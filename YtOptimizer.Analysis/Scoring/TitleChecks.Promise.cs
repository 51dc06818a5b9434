using System.Collections.Frozen;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

internal static partial class TitleChecks
{
    private static readonly FrozenSet<string> SeriesWords = WordList
        .Section("title-words.txt", "parts of series")
        .Select(Folding.Fold)
        .ToFrozenSet(StringComparer.Ordinal);

    private static Check Calm(Source source, string title, List<Token> tokens)
    {
        var caps = tokens.Count(token =>
            token.Has(TokenFlags.AllCaps)
            && token.Length > 1
            && !(IsAcronym(token, tokens) || (token.Length <= 5 && source.TagWords.Contains(token.Folded) && !MostlyCaps(tokens)))
        );
        var emoji = Graphemes.CountEmoji(title);
        var shouting = false;
        for (var i = 1; i < title.Length; i++)
        {
            shouting |= title[i] is '!' or '?' or '！' or '？' && title[i - 1] is '!' or '?' or '！' or '？';
        }

        // The last tenth goes with the share of shouted words, so that a wholly shouted title is always worse than a half shouted one.
        var share = tokens.Count == 0 ? 0 : tokens.Count(token => token.Has(TokenFlags.AllCaps)) / (double)tokens.Count;
        var score =
            (0.9 * Math.Max(0, 1 - (Math.Max(0, caps - 1) / 3.0) - (Math.Max(0, emoji - 1) / 3.0) - (shouting ? 1 / 3.0 : 0)))
            + (0.1 * (1 - share));
        return CheckCatalog.TitleCalm.Scored(
            score,
            Text($"{caps} words in capitals, {emoji} emoji{(shouting ? ", repeated ! or ?" : "")}."),
            "Write in ordinary case, one emoji and one ! at most."
        );
    }

    private static bool IsAcronym(Token token, List<Token> tokens) => token.Length <= 4 && !MostlyCaps(tokens);

    private static bool MostlyCaps(List<Token> tokens)
    {
        var cased = tokens.Count(token =>
            token.Length > 1 && (token.Has(TokenFlags.AllCaps) || token.Has(TokenFlags.Capitalized) || token.Script == Script.Latin)
        );
        return tokens.Count(token => token.Has(TokenFlags.AllCaps)) > Math.Max(1, cased / 2);
    }

    private static Check Promise(Source source, string title, List<Token> tokens)
    {
        // Tags say nothing to viewers: only description and speech can keep a promise.
        var rest = source.Told;
        if (!DescriptionChecks.NeedsText(source))
        {
            return CheckCatalog.TitlePromise.NotApplicable("Videos of this kind need no prose that takes the title up.");
        }

        // A few words are no excuse: they keep the promise or do not.
        if (rest.Length == 0)
        {
            return CheckCatalog.TitlePromise.NotApplicable("There is no other text to compare with.");
        }

        // Which part of a series, and of which year, promises nothing.
        var content = tokens.Where((token, i) => !token.IsStop && !NamesAPart(tokens, i) && !IsOfDate(title, token)).ToList();
        // The channel's name stands beside the title: what it says is said.
        var channel = source.Tokens(source.Input.ChannelTitle ?? "").Select(token => token.Folded).ToHashSet(StringComparer.Ordinal);
        var missing = content
            .Where(token => !channel.Contains(token.Folded) && !Holds(source, token))
            .Select(token => title.Substring(token.Start, token.Length))
            .ToList();
        var share = content.Count == 0 ? 1 : 1 - ((double)missing.Count / content.Count);
        var lowerTitle = title.ToLowerInvariant();
        var claims = Promises
            .Concat(FirstPersonClaims)
            .Where(claim => lowerTitle.Contains(claim, StringComparison.Ordinal) && !rest.Lower.Contains(claim, StringComparison.Ordinal))
            .ToList();
        // The title's copy in the description is blanked: it takes nothing up.
        var apart = source.HasPastedTitle ? "apart from its copy of the title, " : "";
        var evidence =
            missing.Count == 0
                ? "Every word of the title is taken up by description or speech."
                : $"Not taken up by description or speech, {apart}word for word: {string.Join(", ", missing.Take(6))}.";
        if (claims.Count > 0)
        {
            evidence += $" Unsupported claim: {string.Join(", ", claims.Take(4))}.";
        }

        return CheckCatalog.TitlePromise.Scored(
            share - (0.25 * claims.Count),
            evidence,
            "Let the description take up what the title says, in these words or others of the same meaning."
        );
    }

    // "31.10.2018", "30/10": when it was shown is no promise.
    private static bool IsOfDate(string title, Token token)
    {
        bool Joins(int mark, int digit) =>
            mark >= 0
            && mark < title.Length
            && digit >= 0
            && digit < title.Length
            && title[mark] is '.' or '/' or '-'
            && char.IsAsciiDigit(title[digit]);

        return token.Script == Script.Number && (Joins(token.Start - 1, token.Start - 2) || Joins(token.End, token.End + 1));
    }

    private static bool NamesAPart(List<Token> tokens, int i) =>
        IsSeriesWord(tokens[i])
        || (
            tokens[i].Script == Script.Number
            && (
                tokens[i].Folded is ['1', '9', _, _] or ['2', '0', _, _]
                || (i > 0 && IsSeriesWord(tokens[i - 1]))
                || (i + 1 < tokens.Count && IsSeriesWord(tokens[i + 1]))
            )
        );

    private static bool IsSeriesWord(Token token) => SeriesWords.Contains(token.Folded);

    private static bool Holds(Source source, Token token)
    {
        foreach (var word in token.Folded.Split(' '))
        {
            if (
                WordParticles
                    .Without(word, source.Language.Code)
                    .Any(bare =>
                        source.Told.Stems.Contains(source.Stemming.Stem(bare))
                        || (token.Script == Script.Hangul && source.Told.Folded.Contains(bare, StringComparison.Ordinal))
                    )
            )
            {
                continue;
            }

            if (
                !source.Told.Stems.Contains(source.Stemming.Stem(word))
                && !(word.Length >= 4 && source.Told.Folded.Contains(word, StringComparison.Ordinal))
                && !((token.IsUnspaced || token.Script == Script.Hangul) && source.Told.Folded.Contains(word, StringComparison.Ordinal))
            )
            {
                return false;
            }
        }

        return true;
    }
}
