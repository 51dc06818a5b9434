using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>Subjects of a title that description and speech do not mention, in no form of any of their words. Only what is a subject for
/// all that can be told is named: what the creator tagged, and full names.</summary>
internal static class UntoldSubjects
{
    public const int Most = 3;
    private const int FullName = 2;

    public static List<string> Of(Source source, string title)
    {
        var tokens = source.Tokens(title);
        var promised = PromisedWords.Of(source, title, tokens);
        if (promised.Count == 0)
        {
            return [];
        }

        var written = Joined(TitlePaste.Blank(source.SafeDescription, source.SafeTitle));
        var channel = Joined(source.Input.ChannelTitle ?? "");
        return
        [
            .. SureSubjects
                .Of(source, title)
                .Select(subject => (subject.Text, subject.Start))
                .Concat(FullNames(source, title, tokens))
                .Where(subject => IsUntold(source, title, tokens, subject, promised, written, channel))
                .OrderBy(subject => subject.Start)
                .ThenByDescending(subject => subject.Text.Length)
                .Aggregate(new List<(string Text, int Start)>(), Whole)
                .Select(subject => subject.Text)
                .DistinctBy(Folding.Fold, StringComparer.Ordinal)
                .Take(Most),
        ];
    }

    // A part of a longer one that was named is not named again.
    private static List<(string Text, int Start)> Whole(List<(string Text, int Start)> found, (string Text, int Start) next)
    {
        if (found.Count == 0 || found[^1].Start + found[^1].Text.Length <= next.Start)
        {
            found.Add(next);
        }

        return found;
    }

    private static bool IsUntold(
        Source source,
        string title,
        List<Token> tokens,
        (string Text, int Start) subject,
        List<Token> promised,
        string written,
        string channel
    )
    {
        var end = subject.Start + subject.Text.Length;
        var own = promised.FindAll(token => token.Start >= subject.Start && token.End <= end);
        return own.Count > 0
            && own.TrueForAll(token =>
                !PromisedWords.IsTold(source, token)
                && !source.Told.Forms.IsOtherScript(token.Folded)
                && !channel.Contains(Joined(token.Folded), StringComparison.Ordinal)
                && !written.Contains(Joined(token.Folded), StringComparison.Ordinal)
            )
            && own.Exists(token => !source.IsEveryday(token.Folded))
            && (own.Count > 1 || (own[0].Length > 2 && !IsCut(title, tokens, own[0])) || own[0].IsUnspaced);
    }

    // "Mini" of "Mac Mini": the name is longer.
    private static bool IsCut(string title, List<Token> tokens, Token word)
    {
        if (TitleChecks.IsTitleCased(tokens) || char.IsLower(title[word.Start]))
        {
            return false;
        }

        var at = tokens.FindIndex(token => token.Start == word.Start);
        bool Joins(int other, int gap) =>
            other >= 0 && other < tokens.Count && tokens[gap].Before == Gap.Space && tokens[other].Has(TokenFlags.Capitalized);
        return Joins(at - 1, at) || (at + 1 < tokens.Count && Joins(at + 1, at + 1));
    }

    // Two or more words with capitals side by side where other words of the title have none.
    private static IEnumerable<(string Text, int Start)> FullNames(Source source, string title, List<Token> tokens)
    {
        if (source.Language.Code == "de" || TitleChecks.IsTitleCased(tokens))
        {
            yield break;
        }

        for (var i = 1; i < tokens.Count; i++)
        {
            var first = i;
            while (i < tokens.Count && IsPartOfName(source, tokens[i]) && (i == first || tokens[i].Before == Gap.Space))
            {
                i++;
            }

            if (i - first >= FullName)
            {
                yield return (title[tokens[first].Start..tokens[i - 1].End], tokens[first].Start);
            }
        }
    }

    private static bool IsPartOfName(Source source, Token token) =>
        token.Has(TokenFlags.Capitalized)
        && !token.Has(TokenFlags.AllCaps)
        && !token.Has(TokenFlags.Digits)
        && token.Length > 2
        && !token.IsStop
        && !source.IsEveryday(token.Folded)
        && !CommonWords.For("en").HasWord(token.Folded)
        && !PromisedWords.IsFrame(token.Folded)
        && !PromisedWords.IsForm(source, token.Folded)
        && !PromisedWords.IsPart(token.Folded)
        && !TitleParser.IsQualifier(token.Folded)
        && !TitleParser.IsMonth(token.Folded)
        && !PhraseQuality.IsEverywhere(token.Folded);

    private static string Joined(string text) => Folding.Fold(text).Replace(" ", "", StringComparison.Ordinal);
}
