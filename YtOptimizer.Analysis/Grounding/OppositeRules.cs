using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>
/// Words that exclude each other: "hard" where the source says "easy", "Christmas" where it says "Halloween". Each is an everyday word, so
/// only the other one of the source tells that the fact is wrong.
/// </summary>
internal sealed class OppositeRules
{
    private readonly Source source;
    private readonly AboutWords about;
    private readonly FactWords own;

    public OppositeRules(Source source, AboutWords about)
    {
        this.source = source;
        this.about = about;
        own = FactWords.For(source.Language.Code);
    }

    public void Check(string text, List<Token> tokens, List<GuardViolation> violations)
    {
        if (own.Opposites.Count == 0)
        {
            return;
        }

        var words = tokens.SelectMany(token => token.Folded.Split(' ')).ToList();
        var glued = own.IsGlued ? Folding.Fold(text).Replace(" ", "", StringComparison.Ordinal) : "";
        foreach (var (said, excluded) in own.Opposites)
        {
            if (Find(said, words, glued) is { } word && Held(excluded) is { } other && Held(said) is null)
            {
                violations.Add(new("contradiction", $"“{word}” is not in the source, which says “{other}”."));
            }
        }
    }

    private string? Find(IReadOnlyList<string> entries, List<string> words, string glued) =>
        entries.FirstOrDefault(entry =>
            own.IsGlued ? glued.Contains(entry, StringComparison.Ordinal) : words.Exists(word => IsForm(word, entry))
        );

    private string? Held(IReadOnlyList<string> entries) =>
        entries.FirstOrDefault(entry =>
            own.IsGlued ? about.Glued.Contains(entry, StringComparison.Ordinal) : about.Words.Any(word => IsForm(word, entry))
        );

    private bool IsForm(string word, string entry)
    {
        if (entry[^1] == '*')
        {
            return word.AsSpan().StartsWith(entry.AsSpan(0, entry.Length - 1), StringComparison.Ordinal)
                || (
                    source.Language.Code is "ar" or "he"
                    && Clitics
                        .Without(word, source.Language.Code)
                        .Any(bare => bare.AsSpan().StartsWith(entry.AsSpan(0, entry.Length - 1), StringComparison.Ordinal))
                );
        }

        return word == entry || (word.Length >= 3 && source.Stemming.Stem(word) == source.Stemming.Stem(entry));
    }
}
