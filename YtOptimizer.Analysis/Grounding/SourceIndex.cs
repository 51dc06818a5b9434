using System.Globalization;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>What a video's own texts hold: words in all their forms, numbers with what they count, scores. Not thread-safe.</summary>
internal sealed class SourceIndex
{
    private const int ContextTokens = 4;
    private const int ShortestFuzzy = 5;
    private const int LongestTail = 4;
    private const int ShortestNamed = 3;
    private static readonly char[] AsciiDigits = [.. "0123456789"];

    private readonly Source source;
    private readonly FactWords facts;
    private readonly Dictionary<string, HashSet<string>> numbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> titleWords;
    private readonly HashSet<string> titleNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> byPrefix = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> words = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> scores = [];

    public SourceIndex(Source source)
    {
        this.source = source;
        facts = FactWords.For(source.Language.Code);
        Add(source.SafeTitle, isTitle: true);
        Add(source.SafeDescription);
        Add(source.SafeTranscript);
        Add(source.Input.ChannelTitle ?? "");
        foreach (var tag in source.SafeTags)
        {
            Add(tag);
        }

        foreach (var (a, b) in Scores.In(string.Join('\n', [source.SafeTitle, source.SafeDescription, .. source.SafeTags])))
        {
            AddNumbers([], 0, [a, b], isTitle: false);
            scores.Add((a, b));
        }

        if (source.Input.PublishedAt is { } published)
        {
            AddNumbers([], 0, [published.Year.ToString(CultureInfo.InvariantCulture)], isTitle: false);
        }

        Glued = source.Folded.Replace(" ", "", StringComparison.Ordinal);
        titleWords = source.Tokens(source.SafeTitle).Select(token => token.Folded).ToHashSet(StringComparer.Ordinal);
        GluedTitle = Folding.Fold(source.SafeTitle).Replace(" ", "", StringComparison.Ordinal);
    }

    /// <summary>Whether the source states this result of a match, in this order.</summary>
    public bool HasScore((string First, string Second) score) => scores.Contains(score);

    public bool HasScores => scores.Count > 0;

    /// <summary>All of the source in matching form, without spaces.</summary>
    public string Glued { get; }

    public string GluedTitle { get; }

    /// <summary>A number, or with <c>^</c> before it a place in an order: "fourth" does not support a 4, but 4 supports "fourth".</summary>
    public bool HasNumber(string value) => numbers.ContainsKey(value) || (value[0] == '^' && numbers.ContainsKey(value[1..]));

    /// <summary>The word itself stands in the title.</summary>
    public bool TitleHasWord(string folded) => titleWords.Contains(folded);

    public bool TitleHasNumber(string value) => titleNumbers.Contains(value);

    /// <summary>Whether the number stands beside a word with this stem somewhere.</summary>
    public bool Counts(string value, string stem) => numbers.TryGetValue(value, out var context) && context.Contains(stem);

    /// <summary>The word itself stands in the source, not only a form of it.</summary>
    public bool HasWord(string folded) => words.Contains(folded);

    /// <summary>Whether a word or an inflection of it stands in the source ("Warszawie" for "Warszawa"; "وأخدت" for "أخدت").</summary>
    public bool Supports(Token token)
    {
        if (known.TryGetValue(token.Folded, out var answer))
        {
            return answer;
        }

        answer =
            source.Supports(token)
            || token.Folded.Split(' ').All(words.Contains)
            || token.Folded.Split(' ').All(word => Inflected(word, token.Script));
        known[token.Folded] = answer;
        return answer;
    }

    /// <summary>Whether a word is an inflection of one of these stems; never in English, whose stemmer knows its few endings.</summary>
    public bool IsNear(string word, HashSet<string> stems)
    {
        var plain = Folding.StripDiacritics(word);
        if (source.Language.Code == "en")
        {
            return stems.Contains(source.Stemming.Stem(plain));
        }

        return plain.Length >= ShortestFuzzy && stems.Any(stem => stem.Length >= 4 && IsInflection(plain, Folding.StripDiacritics(stem)));
    }

    private bool Inflected(string word, Script script)
    {
        if (source.Stems.Contains(source.Stemming.Stem(word)))
        {
            return true;
        }

        if (script == Script.Hangul)
        {
            return WordForms.KoreanParticles.Any(particle =>
                word.Length > particle.Length + 1
                && word.EndsWith(particle, StringComparison.Ordinal)
                && source.Folded.Contains(word[..^particle.Length], StringComparison.Ordinal)
            );
        }

        if (source.Language.Code is "ar" or "he")
        {
            return Clitics
                .Without(word, source.Language.Code)
                .Any(bare => words.Contains(bare) || source.Stems.Contains(source.Stemming.Stem(bare)) || Near(bare));
        }

        return source.Language.Code != "en" && Near(word);
    }

    // Same beginning, short endings. English has hardly any endings, and its stemmer knows them.
    private bool Near(string word)
    {
        var plain = Folding.StripDiacritics(word);
        if (plain.Length < ShortestFuzzy || !byPrefix.TryGetValue(plain[..3], out var candidates))
        {
            return false;
        }

        return candidates.Exists(other => IsInflection(plain, other));
    }

    private static bool IsInflection(string word, string other)
    {
        var common = 0;
        while (common < word.Length && common < other.Length && word[common] == other[common])
        {
            common++;
        }

        return common >= Math.Max(4, (Math.Min(word.Length, other.Length) * 2 / 3) + 1)
            && word.Length - common <= LongestTail
            && other.Length - common <= LongestTail;
    }

    private void Add(string text, bool isTitle = false)
    {
        // Lost line breaks glue words together ("BurayDirector"): both forms count.
        foreach (var word in Tokenizer.Tokenize(text, source.StopWords, unglue: true).SelectMany(token => token.Folded.Split(' ')))
        {
            WorkMeter.Count(4);
            AddWord(word);
        }

        AddNumbers([], 0, GroupedNumbers.In(text).Select(number => number.Value), isTitle);
        var tokens = source.Tokens(text);
        for (var i = 0; i < tokens.Count; i++)
        {
            WorkMeter.Count(16);
            foreach (var word in tokens[i].Folded.Split(' '))
            {
                AddWord(word);
            }

            if (tokens[i].Has(TokenFlags.Hashtag))
            {
                foreach (var word in Folding.Fold(WordForms.SplitCamel(text.Substring(tokens[i].Start, tokens[i].Length))).Split(' '))
                {
                    AddWord(word);
                    AddNumbers(tokens, i, Numerals.In(word), isTitle);
                }
            }

            // "Dota2" names Dota.
            if (tokens[i].Has(TokenFlags.Digits) && tokens[i].Folded.TrimEnd(AsciiDigits) is { Length: >= ShortestNamed } named)
            {
                AddWord(named);
            }

            AddNumbers(tokens, i, Numerals.In(tokens[i].Folded), isTitle);
            if (facts.SourceNumber(tokens[i].Folded) is { } value)
            {
                AddNumbers(tokens, i, [value], isTitle);
            }
            else if (facts.IsGlued && !tokens[i].Has(TokenFlags.Digits))
            {
                AddNumbers(tokens, i, facts.NumbersIn(tokens[i].Folded), isTitle);
            }
        }
    }

    private void AddWord(string word)
    {
        if (!words.Add(word) || word.Length < 4)
        {
            return;
        }

        var plain = Folding.StripDiacritics(word);
        if (plain.Length < 4)
        {
            return;
        }

        if (!byPrefix.TryGetValue(plain[..3], out var list))
        {
            byPrefix[plain[..3]] = list = [];
        }

        list.Add(plain);
    }

    private void AddNumbers(List<Token> tokens, int at, IEnumerable<string> values, bool isTitle)
    {
        foreach (var value in values)
        {
            if (isTitle)
            {
                titleNumbers.Add(value);
            }

            if (!numbers.TryGetValue(value, out var context))
            {
                numbers[value] = context = new HashSet<string>(StringComparer.Ordinal);
            }

            for (var i = Math.Max(0, at - ContextTokens); i <= Math.Min(tokens.Count - 1, at + ContextTokens); i++)
            {
                foreach (var word in tokens[i].Folded.Split(' '))
                {
                    context.Add(source.Stemming.Stem(word));
                }
            }
        }
    }
}
