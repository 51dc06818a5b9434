using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Chapters;

/// <summary>The first clause of a part as its name: "Now we can take it apart", without the small words before it.</summary>
internal static class OpeningClause
{
    private const int Fewest = 12;
    private const int MostUnits = 3;

    public static string? Find(List<SpokenUnit> part, DiscourseWords words)
    {
        foreach (var unit in part.Take(MostUnits).Where(unit => unit.Kind == SpokenKind.Speech))
        {
            foreach (
                var clause in unit.Text.Split(
                    [',', ';', ':', '.', '!', '?', '…', '、', '。', '，', '：', '！', '？', '،', '؟'],
                    StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                )
            )
            {
                var form = words.Form(clause);
                var turn = words.Begins(form, DiscourseKind.Turn);
                var name = turn > 0 && turn < form.Length ? AnnouncedTopic.After(clause, turn, words) : clause;
                if (
                    Graphemes.DisplayWidth(name) >= Fewest
                    && Graphemes.Count(name) <= Limits.ChapterLabel
                    && words.Begins(form, DiscourseKind.Greet) == 0
                )
                {
                    return name;
                }
            }
        }

        return null;
    }
}
