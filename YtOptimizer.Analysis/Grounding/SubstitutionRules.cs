using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>
/// A word put in the place of another one: the suggestion has the source's words to its left and right, but other ones between them
/// ("flour, kefir and potatoes" for "flour, water and potatoes"). Each word may be an everyday one; the fact is another.
/// </summary>
internal sealed partial class SubstitutionRules
{
    private const int MostReplaced = 4;
    private const int MostSkipped = 2;
    private const int MostPlaces = 40;
    private const int FewestKnown = 2;
    private const double SameFrame = 0.5;
    private static readonly System.Buffers.SearchValues<char> ListMarks = System.Buffers.SearchValues.Create("・、,，;；&＆/／");

    // How verbs end in languages that mark them; a verb is a way to tell something.
    private static readonly Dictionary<string, string[]> Verbs = new(StringComparer.Ordinal)
    {
        ["ru"] = ["ать", "ять", "ить", "еть", "аем", "яем", "уем", "ают", "яют", "уют", "ает", "яет"],
        ["uk"] = ["ати", "яти", "ити", "ємо", "ають", "яють", "ують", "ає", "яє", "ує"],
        ["cs"] = ["ujeme", "íme", "áme", "ovat", "uje", "ují", "ají", "ujete", "ujte"],
        ["sk"] = ["ujeme", "íme", "áme", "ovať", "uje", "ujú", "ajú", "ujete", "ujte"],
        ["pl"] = ["ujemy", "amy", "ować", "uje", "ują", "ają", "ujesz", "ujcie"],
    };

    private readonly Source source;
    private readonly WordJudge judge;
    private readonly AboutWords about;
    private readonly List<Token> flat;
    private readonly int titleLength;
    private readonly HashSet<string> main;
    private readonly Dictionary<string, List<int>> places = new(StringComparer.Ordinal);

    public SubstitutionRules(Source source, WordJudge judge, AboutWords about)
    {
        this.source = source;
        this.judge = judge;
        this.about = about;
        flat = [.. source.Tokens(source.SafeTitle)];
        titleLength = flat.Count;
        main = [.. source.Main.SelectMany(phrase => phrase.Phrase.Candidate.Words).Select(source.Stemming.Stem)];
        flat.AddRange(source.Tokens(source.AboutText));
        for (var i = 0; i < flat.Count; i++)
        {
            if (!flat[i].IsStop)
            {
                var stem = Stem(flat[i]);
                if (!places.TryGetValue(stem, out var list))
                {
                    places[stem] = list = [];
                }

                list.Add(i);
            }
        }
    }

    /// <param name="titled">For titles, also a word at the edge of the present title that was replaced.</param>
    public void Check(string text, List<Token> tokens, WordStanding[] standings, bool titled, List<GuardViolation> violations)
    {
        var own = tokens.Where(token => !token.IsStop).Select(Stem).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!IsNew(tokens[i], standings[i]))
            {
                continue;
            }

            var first = i;
            var last = i;
            for (
                var k = i + 1;
                k < tokens.Count && tokens[k].Before < Gap.Break && (tokens[k].IsStop || IsNew(tokens[k], standings[k]));
                k++
            )
            {
                last = tokens[k].IsStop ? last : k;
            }

            i = last;
            if (Replaces(tokens, standings, first, last, own, titled))
            {
                violations.Add(
                    new("replaced_fact", $"“{text[tokens[first].Start..tokens[last].End]}” stands where the source says something else.")
                );
            }
        }
    }

    private bool Replaces(List<Token> tokens, WordStanding[] standings, int first, int last, HashSet<string> own, bool titled)
    {
        var left = Anchor(tokens, first, -1);
        var right = Anchor(tokens, last, 1);
        if (
            left >= 0
            && right >= 0
            && (titled || IsListed(tokens, first, last))
            && Places(tokens[left]).Any(at => Between(tokens, left, right, at, own, titled))
        )
        {
            return true;
        }

        if (!titled || !Framed(tokens, standings, first, last, own))
        {
            return false;
        }

        var begins = first == 0 || tokens[first].Before >= Gap.Break;
        var ends = last == tokens.Count - 1 || tokens[last + 1].Before >= Gap.Break;
        return (
                begins
                && right >= 0
                && Places(tokens[right]).Any(at => at < titleLength && Same(tokens, first, right, Opening(at), at, own))
            )
            || (
                ends
                && left >= 0
                && Places(tokens[left]).Any(at => at < titleLength && Same(tokens, left + 1, last + 1, at + 1, Closing(at + 1), own))
            )
            || (
                begins
                && ends
                && IsNamed(tokens, standings, first, last)
                && Segments().Any(part => IsMain(part.From, part.To) && Lost(part.From, part.To, own))
            );
    }

    private bool IsMain(int from, int to) => flat.GetRange(from, to - from).Exists(token => main.Contains(Stem(token)));

    // The same two words stand in the source, with others between them.
    private bool Between(List<Token> tokens, int left, int right, int at, HashSet<string> own, bool titled)
    {
        for (var to = at + 2; to < flat.Count && to <= at + MostReplaced + MostSkipped + 1 && (at >= titleLength || to < titleLength); to++)
        {
            if (
                Stem(flat[to]) == Stem(tokens[right])
                && Same(tokens, left + 1, right, at + 1, to, own)
                && (titled || SameBreaks(tokens, left, right, at, to))
            )
            {
                return true;
            }
        }

        return false;
    }

    private bool Same(List<Token> tokens, int first, int end, int from, int to, HashSet<string> own) =>
        from < to && Lost(from, to, own) && Joined(flat, from, to).SequenceEqual(Joined(tokens, first, end), StringComparer.Ordinal);

    private bool SameBreaks(List<Token> tokens, int left, int right, int from, int to) =>
        tokens[left + 1].Before >= Gap.Break == flat[from + 1].Before >= Gap.Break
        && tokens[right].Before >= Gap.Break == flat[to].Before >= Gap.Break;

    // In a sentence only the items of a list are sure to be facts and no other way to tell them.
    private static bool IsListed(List<Token> tokens, int first, int last) =>
        tokens[first].Before == Gap.Break || (last + 1 < tokens.Count && tokens[last + 1].Before == Gap.Break);

    private static bool IsNamed(List<Token> tokens, WordStanding[] standings, int first, int last) =>
        Enumerable.Range(first, last - first + 1).All(i => tokens[i].IsStop || standings[i] is WordStanding.Name or WordStanding.Supported);

    private int Opening(int at)
    {
        while (at > 0 && flat[at].Before < Gap.Break)
        {
            at--;
        }

        return at;
    }

    private int Closing(int at)
    {
        while (at < titleLength && flat[at].Before < Gap.Break)
        {
            at++;
        }

        return at;
    }

    private IEnumerable<(int From, int To)> Segments()
    {
        for (var from = 0; from < titleLength; from = Math.Max(from + 1, Closing(from + 1)))
        {
            yield return (from, Math.Min(titleLength, Closing(from + 1)));
        }
    }

    // The particles between the words: where they differ, something else is said about them.
    private static List<string> Joined(List<Token> tokens, int from, int to) =>
        [.. tokens.GetRange(from, to - from).Where(token => token.IsStop).Select(token => token.Folded)];

    // Most of the suggestion and of the title is the same.
    private bool Framed(List<Token> tokens, WordStanding[] standings, int first, int last, HashSet<string> own)
    {
        var (content, same) = (0, 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i < first || i > last)
            {
                content += standings[i] is WordStanding.Function ? 0 : 1;
                same += !tokens[i].IsStop && Places(tokens[i]).Any(at => at < titleLength) ? 1 : 0;
            }
        }

        return same >= 1
            && same >= content * SameFrame
            && flat.Take(titleLength).Count(token => !token.IsStop && own.Contains(Stem(token))) * 2
                >= Math.Min(4, flat.Take(titleLength).Count(token => !token.IsStop));
    }

    // What stood there: content words, none of which the suggestion says elsewhere.
    private bool Lost(int from, int to, HashSet<string> own)
    {
        var content = 0;
        for (var i = from; i < to; i++)
        {
            if (flat[i].Before == Gap.Line && i > from && i != titleLength)
            {
                return false;
            }

            if (flat[i].IsStop)
            {
                continue;
            }

            if (own.Contains(Stem(flat[i])))
            {
                return false;
            }

            content++;
        }

        return content is > 0 and <= MostReplaced;
    }

    // The nearest content word of the source beside the run; -1 at the edge of the text.
    private int Anchor(List<Token> tokens, int at, int step)
    {
        var skipped = 0;
        for (var i = at + step; i >= 0 && i < tokens.Count; i += step)
        {
            if (!tokens[i].IsStop)
            {
                return Places(tokens[i]).Any() ? i : int.MinValue;
            }

            if (++skipped > MostSkipped)
            {
                return int.MinValue;
            }
        }

        return -1;
    }

    private IEnumerable<int> Places(Token token) => places.TryGetValue(Stem(token), out var list) ? list.Take(MostPlaces) : [];

    private string Stem(Token token) => source.Stemming.Stem(token.Folded);
}
