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
internal sealed class PartPhrases(TalkWords talk, bool ofAll = false)
{
    private readonly string language = talk.Language;
    private const int MostTokens = 450;
    private const int MostWords = 3;

    /// <summary>Said behind an article alone, or in several names.</summary>
    private const double SureThing = 0.5;
    private const double Comparable = 0.4;

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
            .Where(phrase => phrase.Stems.Length == 1 && phrase.IsSure && talk.HereByStem(phrase.Stems[0], part) > 1)
            .GroupBy(phrase => phrase.Stems[0], StringComparer.Ordinal)
            .Select(group => group.MaxBy(phrase => phrase.Value))
            .OrderByDescending(phrase => phrase.Value)
            .ThenBy(phrase => phrase.Text, StringComparer.Ordinal)
            .Take(3)
            .ToList();
        if (join is null || single.Count < 2 || !talk.KnowsThings || single[1].Value < single[0].Value * Comparable)
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
                "fr" => Ends(word, "er", "ir", "re"),
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

    /// <summary>The stretch of a run that names a thing; null when none does.</summary>
    private (int From, int To)? Name(int first, int last)
    {
        var headLast = HeadLast.Contains(language);
        if (headLast)
        {
            // "starter sinks", "iron rusts": what never stands behind an article is the deed of the word before it.
            while (last > first && !IsHead(first, last))
            {
                last--;
            }

            // German adjectives carry the case of their sentence.
            while (first < last && (language == "de" ? talk.Thing(tokens[first]) < 0 : talk.Roles.Weak.Contains(tokens[first].Folded)))
            {
                first++;
            }

            first = Math.Max(first, last - MostWords + 1);
        }
        else
        {
            while (first < last && talk.Thing(tokens[first]) < 0)
            {
                first++;
            }

            // Behind the name stands an adjective or what it does: only what is said so twice or known elsewhere belongs to it.
            var end = first;
            while (end < last && end - first < MostWords - 1 && IsUsual(first, end + 1))
            {
                end++;
            }

            last = end;
        }

        if (tokens[last].IsUnspaced && last + 1 < tokens.Count && GoesOn(tokens[last + 1]))
        {
            return null;
        }

        return
            talk.Thing(tokens[headLast ? last : first]) < 0
            || (first == last && talk.KnowsThings && talk.Thing(tokens[first]) <= 0)
            || talk.Roles.Weak.Contains(tokens[headLast ? last : first].Folded)
            ? null
            : (first, last);
    }

    // "多い", "注ぐ": kana that are no particle make a verb or an adjective of the sign before them.
    private static bool GoesOn(Token next) =>
        next is { Before: Gap.None, Script: Script.Kana }
        && next.Folded is not ("を" or "は" or "が" or "の" or "に" or "で" or "と" or "も" or "へ" or "や" or "から" or "まで" or "です");

    private bool IsHead(int first, int last) =>
        talk.Thing(tokens[last]) > SureThing || tokens[last].IsUnspaced || (talk.Thing(tokens[last]) == 0 && IsUsual(last - 1, last));

    private bool IsUsual(int first, int last) => talk.IsUsual(tokens.GetRange(first, last - first + 1));

    // The next content word behind "of the", "and"; null when something else stands there.
    private int? Beyond(int at)
    {
        if (at >= tokens.Count || tokens[at].Before >= Gap.Break || !(IsLink(at) || talk.Roles.Join.Contains(tokens[at].Folded)))
        {
            return null;
        }

        return Object(at + 1);
    }

    private int? Object(int at)
    {
        for (var k = 0; k < 3 && at < tokens.Count; k++, at++)
        {
            if (tokens[at].Before >= Gap.Break || tokens[at].Has(TokenFlags.Digits))
            {
                return null;
            }

            if (!tokens[at].IsStop)
            {
                return at;
            }

            if (!talk.Roles.Thing.Contains(tokens[at].Folded) && !IsLink(at))
            {
                return null;
            }
        }

        return null;
    }

    private bool IsLink(int at) => talk.Roles.Link.Contains(tokens[at].Folded);

    private void Add(int from, int to, double shape, int? content = null, string? spoken = null)
    {
        var label = spoken ?? Text(from, to);
        if (label.Length < 3 || Graphemes.Count(label) > Limits.ChapterLabel)
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

        // What never stood behind an article and is said once is likely no name.
        var known =
            sure > 0 ? 1
            : stems.Exists(stem => talk.HereByStem(stem, part) > 1) ? 0.8
            : 0.5;
        var early = ofAll ? 1 : 1 + (0.7 * Math.Exp(-from / 30.0));
        found.Add(new(label, Math.Round(sum / Math.Pow(stems.Count, 0.55) * shape * known * early, 9), [.. stems], sure >= 1));
    }
}
