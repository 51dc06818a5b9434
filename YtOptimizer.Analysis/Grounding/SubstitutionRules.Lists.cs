using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <content>Strange items of lists, and which words of a suggestion are new.</content>
internal sealed partial class SubstitutionRules
{
    /// <summary>An item of a list whose other items the source has: "Okada, Kuroki, Hirose" for a film with Okada and Kuroki.</summary>
    public void CheckList(string text, List<Token> tokens, WordStanding[] standings, List<GuardViolation> violations)
    {
        foreach (var items in Lists(text, tokens))
        {
            var strange = items
                .Where(item =>
                    Items(item).Any(i => !tokens[i].IsStop)
                    && !IsDescribed(tokens, standings, item)
                    && Items(item).All(i => tokens[i].IsStop || IsNew(tokens[i], standings[i]))
                )
                .ToList();
            if (strange.Count > 0 && strange.Count <= items.Count - FewestKnown)
            {
                violations.Add(
                    new(
                        "unsupported_item",
                        $"“{text[tokens[strange[0].First].Start..tokens[strange[0].Last].End]}” is not in the source’s list."
                    )
                );
            }
        }
    }

    // "his plans" sums up; it names no item.
    private static bool IsDescribed(List<Token> tokens, WordStanding[] standings, (int First, int Last) item) =>
        tokens[item.First].IsStop
        && tokens[item.First].Script == Script.Latin
        && Items(item).All(i => tokens[i].IsStop || (standings[i] == WordStanding.Everyday && !tokens[i].Has(TokenFlags.Capitalized)));

    private static IEnumerable<int> Items((int First, int Last) item) => Enumerable.Range(item.First, item.Last - item.First + 1);

    // Runs of at least three items between list marks.
    private static IEnumerable<List<(int First, int Last)>> Lists(string text, List<Token> tokens)
    {
        var items = new List<(int First, int Last)>();
        var first = 0;
        for (var i = 1; i <= tokens.Count; i++)
        {
            var gap = i == tokens.Count ? "|" : text[tokens[i - 1].End..tokens[i].Start];
            var listed = gap.AsSpan().ContainsAny(ListMarks);
            if (!listed && i < tokens.Count && tokens[i].Before < Gap.Break)
            {
                continue;
            }

            items.Add((first, i - 1));
            first = i;
            if (!listed)
            {
                if (items.Count > FewestKnown)
                {
                    yield return items;
                }

                items = [];
            }
        }
    }

    private bool IsNew(Token token, WordStanding standing) =>
        !token.IsStop
        && !judge.IsGeneral(Bare(token))
        && !judge.IsNumberWord(token.Folded)
        && !IsVerb(token)
        && standing switch
        {
            // In Arabic and Hebrew nothing marks a verb, and there are many ways to tell the same.
            WordStanding.Everyday => source.Language.Code is not ("ar" or "he") || !token.Folded.Split(' ').All(judge.IsEveryday),
            WordStanding.Name or WordStanding.Foreign or WordStanding.Unknown => true,
            WordStanding.Supported => !about.Holds(token) && !token.Has(TokenFlags.Digits),
            _ => false,
        };

    // Japanese verbs and adjectives end in Kana, Korean ones in few syllables: how something is told, not what.
    private bool IsVerb(Token token) =>
        (token.Script is Script.Han or Script.Kana && token.Folded[^1] is >= '\u3041' and <= '\u309F')
        || (
            token.Script == Script.Hangul
            && token.Folded[^1] is '는' or '다' or '요' or '고' or '서' or '면' or '기' or '게' or '한' or '된' or '할'
        )
        || (
            Verbs.TryGetValue(source.Language.Code, out var endings)
            && Array.Exists(endings, ending => token.Length > ending.Length + 1 && token.Folded.EndsWith(ending, StringComparison.Ordinal))
        );

    // "챌린지ㅋㅋㅋ": laughter follows words without a space.
    private static string Bare(Token token) =>
        token.Script == Script.Hangul ? token.Folded.TrimEnd('ㅋ', 'ㅎ', 'ㅠ', 'ㅜ', '\u110F', '\u1112', '\u1172', '\u116E') : token.Folded;
}
