namespace YtOptimizer.Analysis.Text;

/// <summary>The words of one text in the forms that support is looked up in.</summary>
/// <param name="Stems">Of all words, also those inside hashtags ("#DispatchSignal" supports "wake").</param>
/// <param name="ContentStems">Without stop words.</param>
/// <param name="Pairs">Neighbouring content words, as "a b".</param>
/// <param name="Folded">In matching form.</param>
internal sealed record TextIndex(HashSet<string> Stems, HashSet<string> ContentStems, HashSet<string> Pairs, string Folded, string Lower)
{
    public static TextIndex Of(string text, StopWords stopWords, Stemming stemming) =>
        Of(text, Tokenizer.Tokenize(text, stopWords), stemming);

    /// <param name="tokens">The words of the text.</param>
    public static TextIndex Of(string text, List<Token> tokens, Stemming stemming)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        var content = new HashSet<string>(StringComparer.Ordinal);
        var pairs = new HashSet<string>(StringComparer.Ordinal);
        string? previous = null;
        foreach (var token in tokens)
        {
            var whole = stemming.Stem(token.Folded);
            if (token.Folded.Contains(' ', StringComparison.Ordinal))
            {
                foreach (var word in token.Folded.Split(' '))
                {
                    Add(stemming.Stem(word), token.IsStop);
                }
            }
            else
            {
                Add(whole, token.IsStop);
            }

            if (token.Has(TokenFlags.Hashtag))
            {
                foreach (var word in Folding.Fold(WordForms.SplitCamel(text.Substring(token.Start, token.Length))).Split(' '))
                {
                    all.Add(stemming.Stem(word));
                }
            }

            previous = token.Before >= Gap.Break ? null : previous;
            if (token.IsStop)
            {
                continue;
            }

            if (previous is not null)
            {
                pairs.Add(previous + " " + whole);
            }

            previous = whole;
        }

        all.Remove("");
        return new TextIndex(all, content, pairs, Folding.Fold(text), text.ToLowerInvariant());

        void Add(string stem, bool isStop)
        {
            all.Add(stem);
            if (!isStop)
            {
                content.Add(stem);
            }
        }
    }
}
