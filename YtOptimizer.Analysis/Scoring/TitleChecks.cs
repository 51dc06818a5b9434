using System.Text;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>Checks T1–T6.</summary>
internal static partial class TitleChecks
{
    private const double SingleWord = 0.85;
    private const double NotInTitle = 0.5;
    private const double SureKind = 0.6;
    private const int Shown = 65;
    private const int Quote = 24;

    // Columns: of a title that is so much too long only the last word or two is cut.
    private const int LittleMore = 14;

    // Mean letters per word in ordinary titles.
    private static readonly Dictionary<string, double> WordLength = new(StringComparer.Ordinal)
    {
        ["en"] = 4.7,
        ["de"] = 6,
        ["fr"] = 5,
        ["es"] = 5.1,
        ["pt"] = 5.1,
        ["ru"] = 6,
        ["uk"] = 6,
        ["it"] = 5.4,
        ["pl"] = 6.2,
        ["tr"] = 6.4,
        ["nl"] = 5.3,
        ["sv"] = 5.5,
        ["cs"] = 5.7,
        ["sk"] = 5.7,
        ["lt"] = 6.5,
        ["ko"] = 3.2,
        ["hi"] = 4.5,
        ["ar"] = 5,
        ["id"] = 6,
        ["vi"] = 3.8,
        ["bn"] = 5.5,
        ["ta"] = 8,
        ["te"] = 7.5,
    };

    // Titles of one language differ by about so much without being harder to read.
    private const double Spread = 2;

    private static readonly HashSet<string> OtherScripts = new(StringComparer.Ordinal)
    {
        "ja",
        "zh",
        "ko",
        "th",
        "ru",
        "uk",
        "ar",
        "he",
        "hi",
        "bn",
        "ta",
        "te",
    };

    // For languages without a figure of their own.
    private static double UsualLength(string word) =>
        word[0] switch
        {
            >= '\u0400' and <= '\u052F' => 6,
            >= '\u0590' and <= '\u077F' => 5,
            >= '\uAC00' and <= '\uD7A3' => 3.2,
            // Scripts of India in the order of their blocks; vowel signs count as letters.
            >= '\u0900' and <= '\u097F' => 4.5,
            >= '\u0980' and <= '\u0B7F' => 5.5,
            >= '\u0B80' and <= '\u0BFF' => 8,
            >= '\u0C00' and <= '\u0DFF' => 7.5,
            _ => 5.6,
        };

    public static IEnumerable<Check> Compute(Source source) => Compute(source, source.Input.Title);

    /// <summary>The checks of a title with what is said of it.</summary>
    public static IEnumerable<Check> Compute(Source source, string title) => Judge(source, title, ranks: false);

    /// <summary>Weighted mean of the title checks, 0–1, for a title that might replace the present one.</summary>
    public static double Score(Source source, string title)
    {
        double got = 0,
            of = 0;
        foreach (var check in Judge(source, title, ranks: true))
        {
            if (check.Applicable)
            {
                got += check.Score * check.Weight;
                of += check.Weight;
            }
        }

        return of == 0 ? 0 : got / of;
    }

    // Among several titles of one video a main phrase that is only likely and words torn from their neighbours make a difference; of one
    // title alone nothing is said that is not sure.
    private static IEnumerable<Check> Judge(Source source, string title, bool ranks)
    {
        var tokens = source.Tokens(title);
        yield return Length(title);
        yield return ranks ? Keyphrase(source, title) : Placed(source, title);
        yield return Specific(source, title, tokens);
        yield return Readable(source, title, tokens, ranks);
        yield return Calm(source, title, tokens);
        yield return Promise(source, title, tokens);
    }

    /// <summary>Rises from a to b, flat to c, falls to d.</summary>
    public static double Trapezoid(double x, double a, double b, double c, double d) =>
        x <= a || x >= d ? 0
        : x < b ? (x - a) / (b - a)
        : x <= c ? 1
        : (d - x) / (d - c);

    /// <summary>The first words that search results do not show of a long title; empty where all is shown.</summary>
    public static string HiddenFrom(string title)
    {
        var (width, end) = (0, 0);
        foreach (var rune in title.EnumerateRunes())
        {
            width += Graphemes.DisplayWidth(rune.ToString());
            if (width > Shown)
            {
                var space = title.LastIndexOf(' ', end - 1);
                var cut = space > end / 2 ? space + 1 : end;
                while (cut > 0 && char.IsAsciiLetter(title[cut]) && char.IsAsciiLetter(title[cut - 1]))
                {
                    cut--;
                }

                var rest = title[cut..].Trim();
                return Graphemes.TakeWords(rest, Quote);
            }

            end += rune.Utf16SequenceLength;
        }

        return "";
    }

    private static Check Length(string title)
    {
        var width = Graphemes.DisplayWidth(title);
        var seen =
            width is < 25 and > 21 ? Text($"{width} columns wide: all of it is shown, and there is room for a word or two.")
            : width < 25 ? Text($"{width} columns wide: short; about 65 are shown everywhere.")
            : width <= 65 ? Text($"{width} columns wide: all of it is shown in search results and on phones.")
            : width <= Shown + LittleMore ? Text($"{width} columns wide: about 65 are shown everywhere, so only its end may be cut.")
            : Text($"{width} columns wide; about 65 are shown everywhere.");
        var fix =
            width < 25
                ? "Say more: what is shown, who or where."
                : $"Bring what viewers have to read before “{HiddenFrom(title)}”, or shorten: "
                    + "what comes after about 65 columns is often cut.";
        return CheckCatalog.TitleLength.Scored(Trapezoid(width, 12, 25, 65, 101), seen, width is >= 25 and <= 65 ? "" : fix);
    }

    /// <summary>Column where the phrase begins in the title, -1 when it is not there.</summary>
    public static int Find(string title, Source source, RankedPhrase primary)
    {
        var tokens = source.Tokens(title);
        var key = primary.Key;
        for (var first = 0; first < tokens.Count; first++)
        {
            var built = new StringBuilder();
            for (var last = first; last < tokens.Count && built.Length < key.Length; last++)
            {
                if (last > first && tokens[last].Before != Gap.None)
                {
                    built.Append(' ');
                }

                built.Append(tokens[last].Folded);
                if (
                    built.Equals(key)
                    || (
                        primary.Candidate.Has(CandidateMarks.Stripped | CandidateMarks.Unspaced)
                        && built.Length > key.Length
                        && built.ToString().StartsWith(key, StringComparison.Ordinal)
                    )
                )
                {
                    return Graphemes.DisplayWidth(title[..tokens[first].Start]);
                }
            }
        }

        return -1;
    }

    private const int FewestMeasured = 4;
    private const int RepeatedOften = 3;

    // Columns that are taken in at a glance, roughly; what is longer is read word by word.
    private const int ReadAtOnce = 80;
    private const double MostForLength = 0.3;

    // Words of a title that stand elsewhere in another order: a torn title is worse than the present one, which says little of that alone.
    private const double Torn = 0.6;
    private const double LittleTorn = 0.12;

    private static Check Readable(Source source, string title, List<Token> tokens, bool ranks)
    {
        // Latin words in a title of another script are names, whose length nobody chose.
        var foreign = OtherScripts.Contains(source.Language.Code);
        var words = tokens
            .Where(token => !token.IsUnspaced && !token.Has(TokenFlags.Digits) && !(foreign && token.Script == Script.Latin))
            .ToList();
        var separators = TitleForm.Separators(title);
        var width = Graphemes.DisplayWidth(title);
        var isLong = width > ReadAtOnce;
        var tooLong = Math.Clamp((width - ReadAtOnce) / (double)ReadAtOnce, 0, MostForLength);
        if (words.Count == 0)
        {
            return CheckCatalog.TitleReadable.Scored(
                1 - (0.2 * Math.Max(0, separators - 1)) - tooLong,
                separators > 1 ? Text($"{separators} separators.")
                    : isLong ? Text($"{width} columns are a lot to read at once.")
                    : "No long row of parts.",
                separators > 1 ? "Use at most one separator." : "Say it in fewer words."
            );
        }

        // A name is as long as it is, and of few words each weighs too much.
        var plain = words.FindAll(token => !source.IsNamed(token.Folded));
        var mean = plain.Count < FewestMeasured ? 0 : plain.Average(token => token.Length);
        // A title in another script than its language's is measured by that script.
        var usual =
            WordLength.TryGetValue(source.Language.Code, out var known)
            && (words[0].Script == Script.Latin || OtherScripts.Contains(source.Language.Code))
                ? known
                : UsualLength(words[0].Folded);
        var (together, apart) = TitleForm.Order(source, tokens);
        // One pair alone proves little.
        var torn = apart / (together + apart + 1.5);
        var broken = Math.Min(3, TitleForm.BrokenMarks(title) + TitleForm.OpenEnds(tokens));
        var repeated = Repeated(title, tokens);
        var score =
            1
            - Math.Clamp((mean - usual - Spread) / 4, 0, 0.4)
            - (0.2 * Math.Max(0, separators - 1))
            - ((ranks ? Torn : LittleTorn) * torn)
            - (0.2 * broken)
            - (0.2 * repeated.Count)
            - tooLong;
        var again = repeated.Count > 0 ? $"“{repeated[0]}” stands in it {RepeatedOften} times or more" : "";
        var columns = isLong ? Text($"{width} columns are a lot to read at once") : "";
        var marks = broken > 0 ? "marks are out of place" : "";
        var length = mean > usual + Spread ? Text($"words of {mean:F1} letters on average are long (usual: {usual:F1})") : "";
        var bars = separators > 1 ? Text($"{separators} separators") : "";
        string[] seen = [length, bars, marks, again, columns];
        var faults = seen.Where(fault => fault.Length > 0).ToList();
        return CheckCatalog.TitleReadable.Scored(
            score,
            faults.Count == 0 ? "No long words, marks in place." : Casing.Capitalize(string.Join("; ", faults), "en") + ".",
            separators > 1 ? "Use at most one separator: one topic, one detail."
                : broken > 0 ? "Pair the brackets and put every mark between two parts."
                : again.Length > 0 ? $"Say “{repeated[0]}” once."
                : isLong ? "Say it in fewer words."
                : length.Length > 0 ? "Use shorter words."
                : ""
        );
    }

    // The words that stand in a title again and again.
    private static List<string> Repeated(string title, List<Token> tokens) =>
        [
            .. tokens
                .Where(token => !token.IsStop && token.Length > 2 && token.Script != Script.Number)
                .GroupBy(token => token.Folded, StringComparer.Ordinal)
                .Where(group => group.Count() >= RepeatedOften)
                .Select(group => title.Substring(group.First().Start, group.First().Length))
                .Take(2),
        ];

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
