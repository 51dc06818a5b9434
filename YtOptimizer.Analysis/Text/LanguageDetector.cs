using Lingua;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Language of a text among 27, by Lingua's rules and its models of three letters. Built on first use.
/// </summary>
internal sealed class LanguageDetector
{
    public const string Undetermined = "und";

    /// <summary>Letters that are looked at together.</summary>
    internal const int LeastText = 3;

    private const int EnoughText = 1000;
    private const int FewestLetters = 60;

    /// <summary>All languages are weighed for each character.</summary>
    private const int StepsOfACharacter = 4;

    private static readonly Dictionary<Language, string> Codes = new()
    {
        [Language.Arabic] = "ar",
        [Language.Bengali] = "bn",
        [Language.Chinese] = "zh",
        [Language.Czech] = "cs",
        [Language.Dutch] = "nl",
        [Language.English] = "en",
        [Language.French] = "fr",
        [Language.German] = "de",
        [Language.Hebrew] = "he",
        [Language.Hindi] = "hi",
        [Language.Indonesian] = "id",
        [Language.Italian] = "it",
        [Language.Japanese] = "ja",
        [Language.Korean] = "ko",
        [Language.Lithuanian] = "lt",
        [Language.Polish] = "pl",
        [Language.Portuguese] = "pt",
        [Language.Russian] = "ru",
        [Language.Slovak] = "sk",
        [Language.Spanish] = "es",
        [Language.Swedish] = "sv",
        [Language.Tamil] = "ta",
        [Language.Telugu] = "te",
        [Language.Thai] = "th",
        [Language.Turkish] = "tr",
        [Language.Ukrainian] = "uk",
        [Language.Vietnamese] = "vi",
    };

    private static readonly Language[] Languages = [.. Codes.Keys];

    private static readonly Lazy<(LinguaRules Rules, NgramTable Table)> Shared = StaticTables.Once(static () =>
        (new LinguaRules(Languages), NgramTable.Read(Languages))
    );

    private readonly Lazy<(LinguaRules Rules, NgramTable Table)> models = Shared;

    public static IReadOnlyCollection<string> Supported => Codes.Values;

    public static bool IsSupported(string code) => Codes.ContainsValue(code);

    /// <summary>Most likely language and its probability; <see cref="Undetermined"/> without enough letters.</summary>
    public LanguageGuess Detect(string text) => DetectProse(Prose(text));

    /// <summary>The same for what <see cref="Prose"/> has left of a text.</summary>
    internal LanguageGuess DetectProse(string prose)
    {
        if (prose.Length < LeastText)
        {
            return new LanguageGuess(Undetermined, 0);
        }

        return DetectClean(LinguaRules.Clean(prose));
    }

    /// <summary>The same for what <see cref="LinguaRules.Clean"/> has left of it.</summary>
    internal LanguageGuess DetectClean(string clean)
    {
        WorkMeter.Count(StepsOfACharacter * clean.Length);
        if (!clean.Any(char.IsLetter))
        {
            return new LanguageGuess(Undetermined, 0);
        }

        var (rules, table) = models.Value;
        var candidates = rules.Candidates(clean);
        return candidates.Count == 1 ? new LanguageGuess(Codes[candidates.First()], 1)
            : clean.Length < LeastText ? new LanguageGuess(Undetermined, 0)
            : Weigh(clean, candidates, table);
    }

    private static LanguageGuess Weigh(string clean, IReadOnlyCollection<Language> candidates, NgramTable table)
    {
        var among = candidates.Aggregate(0U, static (bits, language) => bits | (1U << Array.IndexOf(Languages, language)));
        Span<double> sums = stackalloc double[Languages.Length];
        sums.Clear();
        table.Sum(clean, among, sums);
        var total = 0.0;
        var (best, bestSum) = (Undetermined, double.NegativeInfinity);
        foreach (var language in candidates)
        {
            var sum = sums[Array.IndexOf(Languages, language)];
            total += sum < 0 ? Math.Exp(sum) : 0;
            (best, bestSum) = sum < 0 && sum > bestSum ? (Codes[language], sum) : (best, bestSum);
        }

        // Of a long text the probabilities are too small to be told apart from nothing.
        if (total == 0)
        {
            return new LanguageGuess(best, best == Undetermined ? 0 : 1);
        }

        var bestValue = 0.0;
        foreach (var language in candidates)
        {
            var sum = sums[Array.IndexOf(Languages, language)];
            var value = sum < 0 ? Math.Exp(sum) / total : 0;
            // Ties go to the smaller code, so that the order of the languages does not matter.
            if (value > bestValue || (value == bestValue && string.CompareOrdinal(Codes[language], best) < 0))
            {
                (best, bestValue) = (Codes[language], value);
            }
        }

        return new LanguageGuess(best, Math.Round(bestValue, 6));
    }

    /// <summary>The declared language when it is supported and the guess does not contradict it, else the guess.</summary>
    public static LanguageInfo Resolve(LanguageGuess guess, string? declared)
    {
        var code = Primary(declared);
        if (code is not null && IsSupported(code) && (guess.Code == code || guess.Code == Undetermined || guess.Confidence < 0.85))
        {
            return new LanguageInfo(code, guess.Code == code ? guess.Confidence : 0.5, LanguageOrigin.Declared);
        }

        return guess.Confidence < 0.2
            ? new LanguageInfo(Undetermined, guess.Confidence, LanguageOrigin.Undetermined)
            : new LanguageInfo(guess.Code, guess.Confidence, LanguageOrigin.Detected);
    }

    /// <summary>"pt-BR" → "pt"; three-letter and junk codes become null.</summary>
    public static string? Primary(string? tag)
    {
        if (string.IsNullOrWhiteSpace(tag))
        {
            return null;
        }

        var code = tag.Trim().Split('-', '_')[0].ToLowerInvariant();
        return code switch
        {
            "iw" => "he",
            "in" => "id",
            { Length: 2 } => code,
            _ => null,
        };
    }

    // Links are in no language, and hashtags are mostly names: they count where there is little else.
    internal static string Prose(string text)
    {
        var prose = Words(text, withHashtags: false);
        return prose.Count(char.IsLetter) >= FewestLetters ? prose : Words(text, withHashtags: true);
    }

    private static string Words(string text, bool withHashtags)
    {
        var clipped = text.Length > EnoughText ? text[..EnoughText] : text;
        var output = new System.Text.StringBuilder(clipped.Length);
        var position = 0;
        foreach (var span in Markup.Find(clipped))
        {
            output.Append(clipped, position, span.Start - position).Append(' ');
            if (withHashtags && span.Kind == MarkupKind.Hashtag)
            {
                output.Append(clipped, span.Start + 1, span.Length - 1).Append(' ');
            }

            position = span.End;
        }

        return output.Append(clipped, position, clipped.Length - position).ToString().Trim();
    }
}

internal readonly record struct LanguageGuess(string Code, double Confidence);

/// <summary>Remembers guesses during one analysis: drafts share most of their text. Not thread-safe.</summary>
internal sealed class LanguageMemo(LanguageDetector detector)
{
    private readonly Dictionary<string, LanguageGuess> known = new(StringComparer.Ordinal);

    public LanguageGuess Detect(string text)
    {
        // Many drafts differ only in links, in line ends, or behind the part that is looked at.
        var prose = LanguageDetector.Prose(text);
        if (prose.Length < LanguageDetector.LeastText)
        {
            return detector.DetectProse(prose);
        }

        var clean = LinguaRules.Clean(prose);
        if (!known.TryGetValue(clean, out var guess))
        {
            known[clean] = guess = detector.DetectClean(clean);
        }

        return guess;
    }
}
