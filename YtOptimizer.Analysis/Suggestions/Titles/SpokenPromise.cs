using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>The "how to" that a speaker promises, in the speaker's words.</summary>
internal static class SpokenPromise
{
    private const int Narrowest = 18;
    private const int MostWords = 10;

    // "… I'm going to show you how to fix a wobbly chair": up to the end of the clause, without "this" and "it".
    public static string? Find(Source source)
    {
        var units = source.Speech.Units.Where(unit => unit.Kind == SpokenKind.Speech).ToList();
        foreach (var unit in units.Take(Math.Max(6, units.Count / 4)))
        {
            var tokens = source.Tokens(unit.Text);
            foreach (var opening in source.Template.HowTo.Where(words => words.Contains(' ', StringComparison.Ordinal) || words.Length > 3))
            {
                var words = Folding.Fold(opening).Split(' ');
                for (var i = 0; i + words.Length + 2 <= tokens.Count; i++)
                {
                    WorkMeter.Count();
                    if (words.Where((word, k) => tokens[i + k].Folded != word).Any())
                    {
                        continue;
                    }

                    var last = i + words.Length;
                    while (last + 1 < tokens.Count && tokens[last + 1].Before < Gap.Break && last - i < MostWords)
                    {
                        last++;
                    }

                    var clause = unit.Text[tokens[i].Start..tokens[last].End];
                    var ends = last + 1 == tokens.Count || tokens[last + 1].Before >= Gap.Break;
                    if (
                        ends
                        && !tokens[last].IsStop
                        && Graphemes.Count(clause) >= Narrowest
                        && !tokens.GetRange(i, last - i + 1).Exists(token => TitleWords.Leaning.Contains(token.Folded))
                    )
                    {
                        return Casing.Capitalize(clause, source.Language.Code);
                    }
                }
            }
        }

        return null;
    }
}
