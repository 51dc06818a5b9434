using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

/// <summary>The words of a talk: how much each belongs to one part, and whether it names a thing or something done. What stands behind an
/// article all over the talk is a thing, what stands behind "we" or "to" is done.</summary>
internal sealed class TalkWords
{
    /// <summary>From this share of capitals within sentences on, capitals tell nouns (German).</summary>
    private const double CasedShare = 0.08;

    /// <summary>A word that a part says once hardly tells what it is about.</summary>
    private const double Once = 0.4;

    private const double Shared = 0.3;
    private const double NamedShare = 0.002;
    private const double Vague = 0.25;

    private readonly StopWords stopWords;
    private readonly Stemming stemming;
    private readonly Lexicon lexicon;
    private readonly Dictionary<string, int>[] stems;
    private readonly Dictionary<string, int> total = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (double Thing, double Deed)> evidence = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> stemOf = new(StringComparer.Ordinal);
    private Dictionary<string, int>? pairs;
    private HashSet<string>? vague;
    private readonly bool nounsHaveCapitals;
    private readonly bool namesHaveCapitals;

    public TalkWords(string language, Lexicon lexicon, IReadOnlyList<string> parts)
    {
        this.lexicon = lexicon;
        stopWords = StopWords.For(language);
        stemming = Stemming.For(language);
        Language = language;
        Roles = WordRoles.For(language);
        Edges = PhraseEdges.For(language);
        Texts = parts;
        Tokens = [.. parts.Select(part => Tokenizer.Tokenize(part, stopWords))];
        stems = new Dictionary<string, int>[parts.Count];
        var cased = IsCased();
        nounsHaveCapitals = language == "de" && cased;
        namesHaveCapitals = language != "de" && cased;
        for (var p = 0; p < parts.Count; p++)
        {
            stems[p] = new(StringComparer.Ordinal);
            for (var i = 0; i < Tokens[p].Count; i++)
            {
                WorkMeter.Count(8);
                if (!Tokens[p][i].IsStop)
                {
                    Count(p, Tokens[p][i].Folded);
                    Judge(Tokens[p], i);
                }
            }
        }
    }

    public string Language { get; }

    public WordRoles Roles { get; }

    public PhraseEdges Edges { get; }

    /// <summary>Whether the language has articles that tell things from deeds.</summary>
    public bool KnowsThings => Roles.Thing.Count > 6 && !HasCases;

    /// <summary>Whether the ends of words tell their part in a sentence, and nothing stands in front of them that does.</summary>
    public bool HasCases => Language is "ru" or "uk" or "pl" or "cs" or "sk" or "lt";

    public IReadOnlyList<string> Texts { get; }

    public IReadOnlyList<List<Token>> Tokens { get; }

    public string Stem(string word)
    {
        if (!stemOf.TryGetValue(word, out var stem))
        {
            stemOf[word] = stem = stemming.Stem(Bare(word));
        }

        return stem;
    }

    /// <summary>A word without the particle that Korean glues to it; others as they are.</summary>
    public string Bare(string word) => Language == "ko" ? WordParticles.Without(word, Language).FirstOrDefault(word) : word;

    /// <summary>Whether a token may be a word of a name.</summary>
    public bool IsContent(Token token) =>
        !token.IsStop
        && !(token.Has(TokenFlags.Digits) && char.IsAsciiDigit(token.Folded[0]))
        && !Roles.Skip.Contains(token.Folded)
        && !(Language == "en" && token.Folded.Length > 4 && token.Folded.EndsWith("ly", StringComparison.Ordinal) && Thing(token) <= 0);

    /// <summary>Whether a word, in any of its forms, could be anything.</summary>
    public bool IsVague(string word)
    {
        vague ??= [.. Roles.Vague.Select(Stem)];
        return Roles.Vague.Contains(word) || vague.Contains(Stem(word));
    }

    /// <summary>How often the word of a stem is said in a part.</summary>
    public int HereByStem(string stem, int part) => stems[part].GetValueOrDefault(stem);

    /// <summary>How often the word of a stem is said in all.</summary>
    public int Said(string stem) => total.GetValueOrDefault(stem);

    /// <summary>How much of all that is said of a stem's word is said in a part.</summary>
    public double Share(string stem, int part) => total.TryGetValue(stem, out var count) ? (double)HereByStem(stem, part) / count : 1;

    /// <summary>Said often here, rarely in the other parts, rarely in other videos.</summary>
    public double Weight(string word, int part)
    {
        WorkMeter.Count(8);
        var stem = Stem(word);
        if (!stems[part].TryGetValue(stem, out var here))
        {
            return 0;
        }

        var channels = lexicon.Channels + 1.0;
        var rare = Math.Log(channels / (lexicon.Word(word, null).Doc + 1.0)) / Math.Log(channels);
        return (Math.Log2(here) + Once) * Math.Sqrt((double)here / total[stem]) * Math.Max(0.05, rare) * (IsVague(word) ? Vague : 1);
    }

    /// <summary>Said often all over the talk, rarely in other videos.</summary>
    public double WeightOfAll(string word)
    {
        var stem = Stem(word);
        if (!total.TryGetValue(stem, out var count))
        {
            return 0;
        }

        var spread = (double)stems.Count(part => part.ContainsKey(stem)) / stems.Length;
        var channels = lexicon.Channels + 1.0;
        var rare = Math.Log(channels / (lexicon.Word(word, null).Doc + 1.0)) / Math.Log(channels);
        return (Math.Log2(count) + Once) * Math.Sqrt(spread) * Math.Max(0.05, rare) * (IsVague(word) ? Vague : 1);
    }

    /// <summary>Above 0: rather a thing, below: rather something done; 0 unknown.</summary>
    public double Thing(Token token)
    {
        if (nounsHaveCapitals && token.Before < Gap.Line)
        {
            return token.Has(TokenFlags.Capitalized) ? 1 : -1;
        }

        if (namesHaveCapitals && token.Before < Gap.Break && token.Has(TokenFlags.Capitalized))
        {
            return 1;
        }

        if (Roles.Weak.Contains(token.Folded))
        {
            return -1;
        }

        var (thing, deed) = evidence.GetValueOrDefault(Stem(token.Folded));
        return thing - deed;
    }

    /// <summary>Whether a text holds a word that belongs to this part: "What are they like?" does not.</summary>
    public bool Names(string sentence, int part) =>
        Tokenizer
            .Tokenize(sentence, stopWords)
            .Exists(token =>
                !token.IsStop && !Roles.Weak.Contains(token.Folded) && token.Folded.Split(' ').Any(word => Weight(word, part) >= 0.5)
            );

    /// <summary>Whether a short text names something: no filler, no number, no deed at its end.</summary>
    public bool IsName(string text)
    {
        var tokens = Tokenizer.Tokenize(text, stopWords);
        var content = tokens.FindAll(token => !token.IsStop);
        return content.Count > 0
            && content.TrueForAll(IsContent)
            && content.Exists(token => !Roles.Vague.Contains(token.Folded) && !Roles.Weak.Contains(token.Folded))
            && (Thing(content[^1]) >= 0 || content.Count > 1 && Thing(content[0]) > 0);
    }

    /// <summary>Whether neighbouring words are said together more than once, or are a phrase of other videos.</summary>
    public bool IsUsual(List<Token> words)
    {
        var key = string.Join(' ', words.Select(token => token.Folded));
        if (pairs is null)
        {
            pairs = new(StringComparer.Ordinal);
            foreach (var tokens in Tokens)
            {
                for (var i = 1; i < tokens.Count; i++)
                {
                    WorkMeter.Count(8);
                    var pair = tokens[i - 1].Folded + " " + tokens[i].Folded;
                    pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
                }
            }
        }

        return lexicon.Phrase(key, null) is { Tag: > 0 }
            || (words.Count > 1 && pairs.GetValueOrDefault(words[^2].Folded + " " + words[^1].Folded) > 1);
    }

    private void Count(int part, string folded)
    {
        foreach (var word in folded.Split(' '))
        {
            var stem = Stem(word);
            stems[part][stem] = stems[part].GetValueOrDefault(stem) + 1;
            total[stem] = total.GetValueOrDefault(stem) + 1;
        }
    }

    private void Judge(List<Token> tokens, int i)
    {
        if (i == 0 || tokens[i].Before >= Gap.Break || !tokens[i - 1].IsStop)
        {
            return;
        }

        var before = tokens[i - 1].Folded;
        // The last word of "the old glue" is the thing.
        var last = i;
        while (last + 1 < tokens.Count && last - i < 2 && !tokens[last + 1].IsStop && tokens[last + 1].Before < Gap.Break)
        {
            last++;
        }

        if (Roles.Thing.Contains(before))
        {
            // "the rope swings you": of two words either may be the thing.
            Add(tokens[i].Folded, last == i ? 1 : Shared, 0);
            if (last > i)
            {
                Add(tokens[last].Folded, Shared, 0);
            }
        }
        else if (Roles.Deed.Contains(before))
        {
            Add(tokens[i].Folded, 0, 1);
        }
    }

    private void Add(string word, double thing, double deed)
    {
        var stem = Stem(word);
        var (a, b) = evidence.GetValueOrDefault(stem);
        evidence[stem] = (a + thing, b + deed);
    }

    private bool IsCased()
    {
        var inner = Tokens.SelectMany(part => part).Where(token => token.Before < Gap.Line).ToList();
        return inner.Count(token => token.Has(TokenFlags.Capitalized)) > inner.Count * (Language == "de" ? CasedShare : NamedShare);
    }
}
