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

    // What is done, with what it is done to: "feed your starter", "medir el sol", "den Teig kneten".
    private void Deed(int first, int last)
    {
        if (language is "de" or "nl")
        {
            if (last > first && IsInfinitive(tokens[last]) && Name(first, last - 1) is { } thing && thing.To == last - 1)
            {
                Add(thing.From, last, 1.1);
            }

            return;
        }

        for (var verb = first; verb <= last && verb < first + 2; verb++)
        {
            if (!IsDone(verb, first))
            {
                continue;
            }

            var next = verb < last ? verb + 1 : Object(last + 1);
            if (next is { } start && Name(start, RunEnd(start)) is { } thing && thing.From == start && thing.To - verb <= 5)
            {
                Add(verb, thing.To, 1.05, content: start);
            }

            return;
        }
    }

    private bool IsDone(int verb, int first)
    {
        if (verb == 0 || talk.Roles.Weak.Contains(tokens[verb].Folded))
        {
            return false;
        }

        var before = tokens[verb - 1];
        var led = verb == first && before.IsStop && tokens[verb].Before < Gap.Break;
        return language == "en"
            ? led
                && (talk.Roles.Deed.Contains(before.Folded) || (before.Folded == "s" && verb > 1 && tokens[verb - 2].Folded == "let"))
                && !tokens[verb].Folded.EndsWith("ed", StringComparison.Ordinal)
                && talk.Thing(tokens[verb]) < 0
            : led && (talk.Roles.Deed.Contains(before.Folded) || talk.Roles.Link.Contains(before.Folded)) && IsInfinitive(tokens[verb]);
    }

    private bool IsInfinitive(Token token)
    {
        var word = token.Folded;
        return !talk.Roles.Weak.Contains(word)
            && word.Length >= 4
            && language switch
            {
                "es" or "pt" => Ends(word, "ar", "er", "ir"),
                "it" => Ends(word, "are", "ere", "ire"),
                "fr" => Ends(word, "er", "ir", "dre", "ttre", "ire", "vre", "clure"),
                "de" => Ends(word, "en", "ern", "eln") && !token.Has(TokenFlags.Capitalized) && talk.Thing(token) < 0,
                "nl" => Ends(word, "en") && talk.Thing(token) < 0,
                "ru" => Ends(word, "ть", "ти", "ться"),
                "uk" => Ends(word, "ти", "тися"),
                "pl" => Ends(word, "ć"),
                _ => false,
            };
    }

    private static bool Ends(string word, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // "Гладком полу": an adjective tells the case of its phrase, and a name stands in the first.
    private bool IsInflected(int from, int to) =>
        language is "ru" or "uk"
        && (
            to > from
                ? Ends(
                    tokens[from].Folded,
                    "ом",
                    "ой",
                    "ого",
                    "его",
                    "ему",
                    "ому",
                    "ым",
                    "им",
                    "ыми",
                    "ими",
                    "ую",
                    "юю",
                    "их",
                    "ых",
                    "ій",
                    "ою"
                )
                : !tokens[from].Has(TokenFlags.Capitalized)
                    && Ends(tokens[from].Folded, "ой", "ую", "ами", "ями", "ах", "ях", "ись", "йся", "ться", "ого", "ему", "ному")
        );

    // Without articles, one word that is said once may be anything.
    private bool IsPassing(int from, int to, string stem) =>
        from == to && talk.HasCases && !ofAll && talk.HereByStem(stem, part) < 2 && !tokens[from].Has(TokenFlags.Capitalized);

    // "seçiyorum", "나네요", "रखेंगे": what somebody does, at the end of a sentence.
    private bool IsConjugated(string word) =>
        language switch
        {
            "tr" => Ends(word, "yorum", "yoruz", "yorsun", "yorsunuz", "yor", "yorlar", "ceğiz", "cağız", "ceğim", "cağım", "elim", "alım"),
            "ko" => word.Length > 2
                && Ends(word, "요", "죠", "니다", "네", "거든", "는데", "지만", "으면", "어서", "아서", "려고", "면서", "래"),
            "hi" => word.Length > 3
                && Ends(word, "ती", "ते", "ेंगे", "ेंगी", "ूँगी", "ूँगा", "ूंगी", "ूंगा", "ेगा", "ेगी", "िए", "करके", "कर"),
            _ => false,
        };

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
