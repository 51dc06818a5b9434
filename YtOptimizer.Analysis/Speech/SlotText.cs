using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

/// <summary>The stretch of a sentence that a frame's slot holds, ended where its phrase or clause ends.</summary>
internal static class SlotText
{
    private const int MostWords = 12;
    private const int MostThingWords = 7;
    private const int Widest = 80;

    /// <summary>A clause behind a question word: "how people shipped ice"; null where the text begins with none.</summary>
    public static string? Ask(string rest, string language, IReadOnlyList<string> asks)
    {
        var stopWords = StopWords.For(language);
        var tokens = Tokenizer.Tokenize(rest, stopWords);
        var folded = Folding.Fold(rest);
        var ask = asks.FirstOrDefault(word =>
            folded.StartsWith(word, StringComparison.Ordinal)
            && (folded.Length == word.Length || folded[word.Length] == ' ' || Scripts.IsUnspaced(Scripts.OfFirst(word)))
        );
        if (ask is null || tokens.Count == 0)
        {
            return null;
        }

        var from = ask.Count(c => c == ' ') + 1;
        var end = End(tokens, from, MostWords, language);
        var clause = end <= from ? "" : rest[tokens[0].Start..tokens[end - 1].End];
        return
            end > from
            && Graphemes.DisplayWidth(clause) <= Widest
            && tokens.Take(end).Skip(from).Any(token => !token.IsStop)
            && !IsOpen(tokens[end - 1], language)
            ? Defined(clause, language)
            : null;
    }

    /// <summary>A noun phrase without its article: "análisis de los Nimbo Air 2".</summary>
    public static string? Thing(string rest, string language)
    {
        var roles = WordRoles.For(language);
        var tokens = Tokenizer.Tokenize(rest, StopWords.For(language));
        var from = 0;
        while (from < tokens.Count && (roles.Thing.Contains(tokens[from].Folded) || roles.Skip.Contains(tokens[from].Folded)))
        {
            from++;
        }

        var end = End(tokens, from, MostThingWords, language);
        // Behind an article that has gone a German adjective keeps an ending that nothing explains.
        while (language == "de" && from < end && !tokens[from].Has(TokenFlags.Capitalized) && !tokens[from].Has(TokenFlags.Digits))
        {
            from++;
        }

        while (end > from && (tokens[end - 1].IsStop || !PhraseEdges.For(language).Closes(tokens[end - 1].Folded)))
        {
            end--;
        }

        var content = tokens.Take(end).Skip(from).Where(token => !token.IsStop).ToList();
        if (
            content.Count == 0
            || content.TrueForAll(token =>
                roles.Vague.Contains(token.Folded) || roles.Weak.Contains(token.Folded) || roles.Skip.Contains(token.Folded)
            )
            || !PhraseEdges.For(language).Opens(tokens[from].Folded)
            || tokens[from].IsStop
        )
        {
            return null;
        }

        var thing = rest[tokens[from].Start..tokens[end - 1].End];
        return thing.Length >= 2 && Graphemes.DisplayWidth(thing) <= Widest / 2 ? thing : null;
    }

    /// <summary>A verb phrase to the end of its clause: "limpiar una sartén de hierro".</summary>
    public static string? Deed(string rest, string language)
    {
        var tokens = Tokenizer.Tokenize(rest, StopWords.For(language));
        var end = End(tokens, 0, MostWords, language);
        return
            end >= 2
            && !SpokenFrames.For(language).Shows.Any(verb => Stands(tokens, 0, verb))
            && !IsOpen(tokens[end - 1], language)
            && tokens.Take(end).Count(token => !token.IsStop) >= 2
            ? Defined(rest[tokens[0].Start..tokens[end - 1].End], language)
            : null;
    }

    /// <summary>Up to four words with a capital.</summary>
    public static string? Name(string rest, string language, int fewest)
    {
        var tokens = Tokenizer.Tokenize(rest, StopWords.For(language));
        var end = 0;
        while (end < tokens.Count && end < 4 && tokens[end].Has(TokenFlags.Capitalized) && (end == 0 || tokens[end].Before < Gap.Break))
        {
            end++;
        }

        return end >= fewest && !tokens[0].IsStop ? rest[tokens[0].Start..tokens[end - 1].End] : null;
    }

    private static int End(List<Token> tokens, int from, int most, string language)
    {
        var stops = SpokenFrames.For(language).Stops;
        var end = from;
        while (end < tokens.Count && end - from < most && (end == 0 || tokens[end].Before < Gap.Break))
        {
            if (end > from && stops.Any(stop => Stands(tokens, end, stop)))
            {
                break;
            }

            end++;
        }

        // A clause that is cut by its length ends nowhere.
        return end - from == most && end < tokens.Count && tokens[end].Before < Gap.Break ? from : end;
    }

    private static bool Stands(List<Token> tokens, int at, string phrase)
    {
        var words = phrase.Split(' ');
        if (at + words.Length > tokens.Count)
        {
            return false;
        }

        for (var i = 0; i < words.Length; i++)
        {
            if (tokens[at + i].Folded != words[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOpen(Token last, string language)
    {
        var roles = WordRoles.For(language);
        return roles.Thing.Contains(last.Folded)
            || roles.Link.Contains(last.Folded)
            || roles.Join.Contains(last.Folded)
            || !PhraseEdges.For(language).Closes(last.Folded);
    }

    // "take those joints apart": where nothing was pointed at yet, the article says the same.
    private static string Defined(string clause, string language) =>
        language == "en"
            ? clause
                .Replace(" those ", " the ", StringComparison.Ordinal)
                .Replace(" these ", " the ", StringComparison.Ordinal)
                .Replace(" this ", " the ", StringComparison.Ordinal)
            : clause;
}
