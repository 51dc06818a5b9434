using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>Numbers, superlatives, results, promises and promotions that the source does not hold.</summary>
internal sealed class FactRules
{
    private static readonly (FactKind Kind, string Code, string What)[] Claims =
    [
        (FactKind.Superlative, "unsupported_superlative", "praises more than the source does"),
        (FactKind.Hype, "unsupported_claim", "promises what the source does not"),
        (FactKind.Result, "unsupported_result", "tells something that the source does not"),
        (FactKind.Version, "unsupported_version", "names a version of the video that the source does not"),
    ];

    private readonly Source source;
    private readonly SourceIndex index;
    private readonly FactWords own;
    private readonly FactWords english;
    private readonly CommonWords common;

    public FactRules(Source source, SourceIndex index)
    {
        this.source = source;
        this.index = index;
        own = FactWords.For(source.Language.Code);
        english = FactWords.For("en");
        common = CommonWords.For(source.Language.Code);
    }

    /// <param name="toldAlready">True when nearly all of the text stands in the source: then a word such as "lost" tells nothing
    /// new.</param>
    public void CheckClaims(List<Token> tokens, bool toldAlready, List<GuardViolation> violations)
    {
        foreach (var (kind, code, what) in Claims)
        {
            if (kind == FactKind.Result && toldAlready)
            {
                continue;
            }

            foreach (var words in Hits(kind, tokens))
            {
                if (!IsSupported(words))
                {
                    violations.Add(new(code, $"“{words.Text}” {what}."));
                }
            }
        }

        foreach (var words in Comparison.Superlatives(tokens, source.Language.Code))
        {
            if (!index.Glued.Contains(words.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal))
            {
                violations.Add(new("unsupported_superlative", $"“{words}” praises more than the source does."));
            }
        }
    }

    /// <summary>Calls to subscribe, buy, visit or bet are refused unless the creator's own title (or, in a sentence, text) has the same
    /// words.</summary>
    public void CheckPromotion(List<Token> tokens, bool onlyTitle, List<GuardViolation> violations)
    {
        var held = onlyTitle ? index.GluedTitle : index.Glued;
        foreach (var words in Hits(FactKind.Promotion, tokens))
        {
            if (!held.Contains(words.Glued, StringComparison.Ordinal))
            {
                violations.Add(new("promotion", $"“{words.Text}” advertises."));
            }
        }
    }

    /// <param name="titled">Numbers of titles must count the same thing as in the source.</param>
    public void CheckNumbers(string text, List<Token> tokens, bool titled, List<GuardViolation> violations)
    {
        var scored = Scores
            .In(text)
            .Where(index.HasScore)
            .SelectMany(score => new[] { score.First, score.Second })
            .ToHashSet(StringComparer.Ordinal);
        var grouped = CheckGrouped(text, violations);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (
                scored.Contains(tokens[i].Folded)
                || DecimalNumbers.IsHeld(text, tokens[i], source)
                || grouped.Exists(one => tokens[i].Start >= one.Start && tokens[i].Start < one.End)
            )
            {
                continue;
            }

            if (index.HasWord(tokens[i].Folded))
            {
                // "07" counts as 7.
                var count = Numerals.In(tokens[i].Folded).FirstOrDefault() ?? tokens[i].Folded;
                if (titled && tokens[i].Has(TokenFlags.Digits) && IsCount(tokens[i].Folded) && !CountsTheSame(tokens, i, count))
                {
                    violations.Add(Number(text, tokens[i]));
                }

                continue;
            }

            var values = tokens[i].Has(TokenFlags.Digits) ? Numerals.In(tokens[i].Folded).ToList() : Worded(tokens[i]);
            if (values.Exists(value => !index.HasNumber(value) || (titled && IsCount(value) && !CountsTheSame(tokens, i, value))))
            {
                violations.Add(Number(text, tokens[i]));
            }
        }

        CheckScores(text, violations);
    }

    // "1,000" is one number: neither a 1 nor "000". Returns where such numbers stand.
    private List<(int Start, int End)> CheckGrouped(string text, List<GuardViolation> violations)
    {
        List<(int Start, int End)> judged = [];
        foreach (var (start, end, value, isDoubtful) in GroupedNumbers.In(text))
        {
            var isHeld = index.HasNumber(value);
            if (!isHeld && isDoubtful)
            {
                continue;
            }

            judged.Add((start, end));
            if (!isHeld)
            {
                violations.Add(new("unsupported_number", $"“{text[start..end]}” is not in the source."));
            }
        }

        return judged;
    }

    private static GuardViolation Number(string text, Token token) =>
        new("unsupported_number", $"“{text.Substring(token.Start, token.Length)}” is not in the source.");

    private static bool IsCount(string value) => value.Length <= 3 && value.All(char.IsAsciiDigit);

    // "7 recipes" needs a 7 beside recipes somewhere; a number of the title may be used freely.
    private bool CountsTheSame(List<Token> tokens, int at, string value)
    {
        if (index.TitleHasNumber(value))
        {
            return true;
        }

        var checkedAny = false;
        for (var i = at + 1; i < tokens.Count && i <= at + 3 && tokens[i].Before < Gap.Break; i++)
        {
            if (tokens[i].IsStop || tokens[i].Has(TokenFlags.Digits))
            {
                continue;
            }

            checkedAny = true;
            if (tokens[i].Folded.Split(' ').Any(word => index.Counts(value, source.Stemming.Stem(word))))
            {
                return true;
            }
        }

        for (var i = at - 1; i >= 0 && i >= at - 2; i--)
        {
            checkedAny |= !tokens[i].IsStop;
            if (tokens[i].Folded.Split(' ').Any(word => index.Counts(value, source.Stemming.Stem(word))))
            {
                return true;
            }
        }

        return !checkedAny;
    }

    private List<string> Worded(Token token)
    {
        if (own.Number(token.Folded) is { } value)
        {
            return [value];
        }

        return own.IsGlued && token.Script is Script.Han or Script.Thai && token.Length <= 3 ? [.. own.NumbersIn(token.Folded)] : [];
    }

    // "2-1" is not "1-2" when the source states a score.
    private void CheckScores(string text, List<GuardViolation> violations)
    {
        foreach (var score in Scores.In(text).Where(score => index.HasScores && !index.HasScore(score)))
        {
            violations.Add(new("unsupported_number", $"“{score.First}-{score.Second}” is not in the source."));
        }
    }

    private bool IsSupported(Words words) =>
        words.Tokens is { Count: > 0 } tokens
            ? tokens.TrueForAll(token => index.Supports(token) || token.IsStop)
                && (tokens.Count == 1 || index.Glued.Contains(words.Glued, StringComparison.Ordinal))
            : index.Glued.Contains(words.Glued, StringComparison.Ordinal);

    private IEnumerable<Words> Hits(FactKind kind, List<Token> tokens)
    {
        if (own.IsGlued)
        {
            foreach (var run in Runs(tokens))
            {
                foreach (var piece in own.FindGlued(kind, run))
                {
                    yield return new Words([], piece, piece);
                }
            }
        }
        else
        {
            foreach (var hit in own.Find(kind, tokens))
            {
                yield return Of(tokens, hit);
            }
        }

        if (source.Language.Code == "en")
        {
            yield break;
        }

        foreach (var hit in english.Find(kind, tokens))
        {
            // "die" is an article in German, "sale" a verb in Spanish.
            if (!tokens.GetRange(hit.First, hit.Count).TrueForAll(token => token.IsStop || common.HasWord(token.Folded)))
            {
                yield return Of(tokens, hit);
            }
        }
    }

    // Words that touch each other, as one text: an entry may run over their borders.
    private static IEnumerable<string> Runs(List<Token> tokens)
    {
        var run = "";
        foreach (var token in tokens.Where(token => token.IsUnspaced || token.Script == Script.Hangul))
        {
            if (run.Length > 0 && token.Before != Gap.None)
            {
                yield return run;
                run = "";
            }

            run += token.Folded.Replace(" ", "", StringComparison.Ordinal);
        }

        if (run.Length > 0)
        {
            yield return run;
        }
    }

    private static Words Of(List<Token> tokens, FactHit hit)
    {
        var part = tokens.GetRange(hit.First, hit.Count);
        var text = string.Join(' ', part.Select(token => token.Folded));
        return new Words(part, text, text.Replace(" ", "", StringComparison.Ordinal));
    }

    private sealed record Words(List<Token> Tokens, string Text, string Glued);
}
