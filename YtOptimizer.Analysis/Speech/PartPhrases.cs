using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

/// <param name="Text">As it is said.</param>
/// <param name="Value">How well it names its part.</param>
/// <param name="Stems">Of its content words.</param>
/// <param name="IsSure">Whether it is known to name a thing.</param>
internal readonly record struct PartPhrase(string Text, double Value, string[] Stems, bool IsSure = false);

/// <summary>The phrases of a part that could name it: names of things ("rubber band"), two of them joined ("shape of the loaf",
/// "lettuce and herbs"), and deeds ("feed the starter"), whole as they are said.</summary>
/// <param name="talk">The talk and its parts.</param>
/// <param name="ofAll">Whether the phrases shall name the talk instead of one part of it.</param>
internal sealed partial class PartPhrases(TalkWords talk, bool ofAll = false)
{
    private readonly string language = talk.Language;
    private const int MostTokens = 450;
    private const int MostWords = 3;

    /// <summary>Said behind an article alone, or in several names.</summary>
    private const double SureThing = 0.5;
    private const double Comparable = 0.4;
    private const double Everywhere = 0.4;
    private const double VagueHead = 0.4;

    private static readonly HashSet<string> HeadLast = new(StringComparer.Ordinal)
    {
        "en",
        "de",
        "nl",
        "sv",
        "tr",
        "ru",
        "uk",
        "pl",
        "cs",
        "sk",
        "lt",
        "hi",
        "zh",
        "ja",
        "ko",
    };

    private readonly List<PartPhrase> found = [];
    private List<Token> tokens = [];
    private string text = "";
    private int part;

    public List<PartPhrase> Of(int index)
    {
        (part, tokens, text) = (index, talk.Tokens[index], talk.Texts[index]);
        found.Clear();
        for (var i = 0; i < tokens.Count && i < MostTokens; )
        {
            WorkMeter.Count(4);
            if (!talk.IsContent(tokens[i]))
            {
                i++;
                continue;
            }

            var last = RunEnd(i);
            Things(i, last);
            Deed(i, last);
            i = last + 1;
        }

        if (!ofAll)
        {
            Pairs();
        }

        return found;
    }

    // One word alone says little: the two that the part speaks of most, joined.
    private void Pairs()
    {
        var join = talk.Roles.Join.FirstOrDefault();
        var single = found
            .Where(phrase => phrase.Stems.Length == 1 && phrase.IsSure)
            .GroupBy(phrase => phrase.Stems[0], StringComparer.Ordinal)
            .Select(group => group.MaxBy(phrase => phrase.Value))
            .OrderByDescending(phrase => phrase.Value)
            .ThenBy(phrase => phrase.Text, StringComparer.Ordinal)
            .Take(3)
            .ToList();
        if (
            join is null
            || single.Count < 2
            || !talk.KnowsThings
            || single[1].Value < single[0].Value * Comparable
            || talk.HereByStem(single[0].Stems[0], part) < 2
        )
        {
            return;
        }

        found.Add(
            new(
                $"{single[0].Text} {join} {single[1].Text}",
                Math.Round((single[0].Value + single[1].Value) * 0.72, 9),
                [.. single[0].Stems, .. single[1].Stems]
            )
        );
    }

    private int RunEnd(int first)
    {
        var last = first;
        while (
            last + 1 < tokens.Count
            && talk.IsContent(tokens[last + 1])
            && !talk.Roles.Weak.Contains(tokens[last + 1].Folded)
            && tokens[last + 1].Before < Gap.Break
        )
        {
            last++;
        }

        return last;
    }

    private void Things(int first, int last)
    {
        if (Name(first, last) is not { } name)
        {
            return;
        }

        var (from, to) = name;
        Add(from, to, to == from ? 0.7 : 1);
        if (to != last || Beyond(last + 1) is not { } second || Name(second, RunEnd(second)) is not { } other)
        {
            return;
        }

        // "the shape of the loaf"; "lechugas y hierbas" without the second article.
        if (other.From == second && other.To == RunEnd(second) && other.To - from <= 6)
        {
            var joins = !tokens[from].IsUnspaced && talk.Roles.Join.Contains(tokens[last + 1].Folded);
            Add(from, other.To, 1.1, spoken: joins ? $"{Text(from, to)} {Text(last + 1, last + 1)} {Text(other.From, other.To)}" : null);
        }
    }

    private string Text(int from, int to) => text[tokens[from].Start..tokens[to].End];

    // "hit hit back"
    private bool Repeats(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (tokens[i].Folded == tokens[i + 1].Folded)
            {
                return true;
            }
        }

        return false;
    }

    private void Add(int from, int to, double shape, int? content = null, string? spoken = null)
    {
        var label = spoken ?? Text(from, to);
        label = label[..^(tokens[to].Folded.Length - talk.Bare(tokens[to].Folded).Length)];
        // "吸盘呢": a particle asks or calls, it names nothing.
        label = language == "zh" ? label.TrimEnd('呢', '吗', '吧', '啊', '嘛', '呀') : label;
        if (
            label.Length < 2
            || (label.Length < 3 && language != "ko")
            || IsInflected(from, to)
            || IsConjugated(tokens[to].Folded)
            || !talk.Edges.Closes(tokens[to].Folded)
            || Graphemes.Count(label) > Limits.ChapterLabel
        )
        {
            return;
        }

        var stems = new List<string>();
        double sum = 0,
            sure = 0;
        for (var i = from; i <= to; i++)
        {
            if (tokens[i].IsStop)
            {
                continue;
            }

            var stem = talk.Stem(tokens[i].Folded);
            if (!stems.Contains(stem))
            {
                stems.Add(stem);
                // A verb tells less than what it is done to.
                var weight = ofAll ? talk.WeightOfAll(tokens[i].Folded) : talk.Weight(tokens[i].Folded, part);
                sum += weight * (content > i ? 0.6 : 1);
                sure = Math.Max(sure, talk.Thing(tokens[i]));
            }
        }

        if (stems.Count == 1 && IsPassing(from, to, stems[0]))
        {
            return;
        }

        // The subject of the whole talk names no part of it.
        var everywhere = !ofAll && stems.Count == 1 && talk.Share(stems[0], part) < Everywhere ? 0.5 : 1;
        // "the hard part": a head that could be anything names nothing.
        if (talk.IsVague(tokens[HeadLast.Contains(language) ? to : from].Folded))
        {
            shape *= VagueHead;
        }

        // What never stood behind an article and is said once is likely no name.
        var known =
            sure > 0 ? 1
            : stems.Exists(stem => talk.HereByStem(stem, part) > 1) ? 0.8
            : 0.5;
        var early = ofAll ? 1 : 1 + (1.2 * Math.Exp(-from / 25.0));
        found.Add(new(label, Math.Round(sum / Math.Pow(stems.Count, 0.55) * shape * known * early * everywhere, 9), [.. stems], sure >= 1));
    }
}
