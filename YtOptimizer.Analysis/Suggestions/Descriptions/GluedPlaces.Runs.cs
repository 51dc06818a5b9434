using System.Buffers;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// Capitals inside words that nothing tells apart one by one: lines of a song, a list of names.
internal sealed partial class GluedPlaces
{
    private const int FewestInRun = 3;
    private const int LeastInRun = 3;
    private const int LongestBetween = 50;
    private const int LongestInitial = 2;
    private static readonly SearchValues<char> NoListMark = SearchValues.Create("!?;:,|/");

    private void Runs()
    {
        var (lower, names) = (new List<int>(), new List<int>());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 2; at + 1 < line.Length; at++)
        {
            if (whole[at] || !char.IsUpper(line[at]) || !char.IsLower(line[at - 1]) || !char.IsLetter(line[at + 1]))
            {
                continue;
            }

            var (start, end) = (StartOfWord(at), GluedWords.WordEnd(line, at));
            var name = line[start..end];
            if (
                at - start < LeastInRun
                || TailEnd(at, end) - at < LeastInRun
                || (start > 0 && line[start - 1] is '@' or '#' or '_' or '/' or '.' or '-')
                || words.Count(name) > 1
                || words.IsName(name)
                || Brands.Form(Folding.Fold(name)) is not null
                || PassageCutter.IsBrand(line, start)
            )
            {
                continue;
            }

            if (char.IsLower(line[start]) && at - start > LeastInRun && seen.Add(name))
            {
                lower.Add(at);
            }
            else if (char.IsUpper(line[start]) && (places.Contains(at) || FollowsName(start)))
            {
                names.Add(at);
            }
        }

        if (lower.Count >= FewestInRun)
        {
            lower.ForEach(Begin);
        }

        for (var first = 0; first < names.Count; )
        {
            var last = first;
            while (last + 1 < names.Count && IsOneList(names[last], names[last + 1]))
            {
                last++;
            }

            if (last - first + 1 >= FewestInRun)
            {
                names.GetRange(first, last - first + 1).ForEach(Begin);
            }

            first = last + 1;
        }
    }

    // "Ann LeeRudi": in front of the second name stands another word with a capital.
    private bool FollowsName(int start)
    {
        var end = start;
        while (end > 0 && line[end - 1] is ' ' or '.')
        {
            end--;
        }

        var first = end;
        while (first > 0 && char.IsLetter(line[first - 1]) && end - first < GluedWords.LongestWord)
        {
            first--;
        }

        var word = line[first..end];
        // "The LionHouse" follows no name.
        return end < start
            && start - end <= LongestInitial
            && end > first
            && word.Any(char.IsUpper)
            && Folding.Fold(word) is not ("the" or "a" or "an");
    }

    private bool IsOneList(int at, int next)
    {
        var between = line.AsSpan(at, next - at);
        return between.Length <= LongestBetween && between.IndexOfAny(NoListMark) < 0 && !between.Contains(". ", StringComparison.Ordinal);
    }
}
