using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

// Which forms of words name a deed, and which belong to a sentence and name nothing.
internal sealed partial class PartPhrases
{
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

    /// <summary>"seçiyorum", "나네요", "रखेंगे": what somebody does, at the end of a sentence.</summary>
    public bool IsConjugated(string word) =>
        language switch
        {
            "tr" => Ends(word, "yorum", "yoruz", "yorsun", "yorsunuz", "yor", "yorlar", "ceğiz", "cağız", "ceğim", "cağım", "elim", "alım"),
            "ko" => word.Length > 2
                && Ends(word, "요", "죠", "니다", "네", "거든", "는데", "지만", "으면", "어서", "아서", "려고", "면서", "래"),
            "hi" => word.Length > 3
                && Ends(word, "ती", "ते", "ेंगे", "ेंगी", "ूँगी", "ूँगा", "ूंगी", "ूंगा", "ेगा", "ेगी", "िए", "करके", "कर"),
            _ => false,
        };
}
