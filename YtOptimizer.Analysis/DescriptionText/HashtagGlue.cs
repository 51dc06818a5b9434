using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.DescriptionText;

/// <summary>Finds what a lost line break glued to the end of a hashtag: "#HouseTourDon't miss it".</summary>
internal static class HashtagGlue
{
    private const int OneLineFrom = 200;
    private const int LeastRest = 4;
    private const int Call = 60;

    /// <summary>Whether a text may have lost its line breaks.</summary>
    public static bool MayGlue(string text) => text.Length > OneLineFrom && HashtagRuns.IsOneLine(text);

    /// <summary>How many characters at the end of a hashtag belong to the next sentence: 0 where none do.</summary>
    public static int LengthOf(string text, MarkupSpan span, StopWords stopWords)
    {
        var at = LastWord(text, span, out var capitals);
        // "#r35Next week": a figure ends what is short.
        if (at < span.Start + 1 + LeastRest && !(at == span.Start + LeastRest && char.IsDigit(text[at - 1])))
        {
            return 0;
        }

        var word = text[at..span.End];
        var next = span.End;
        while (next < text.Length && text[next] is ' ' or '\u00A0')
        {
            next++;
        }

        var goesOn = next > span.End && next < text.Length && (char.IsLower(text[next]) || char.IsDigit(text[next]));
        // A little word opens a sentence, and who writes a hashtag small does not write its last word large.
        var opens = goesOn && (stopWords.Contains(Folding.Fold(word)) || (char.IsLower(text[span.Start + 1]) && capitals == 1));
        return opens || IsShout(text, span, at, word) || IsCall(text, at, word) ? span.End - at : 0;
    }

    /// <summary>The folded forms, whole and split, of all hashtags of a description that hold a part of the next sentence.</summary>
    public static HashSet<string> Find(string text, StopWords stopWords)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (text.AsSpan().ContainsAny('#', '＃') && MayGlue(text))
        {
            foreach (var span in Markup.Find(text).Where(span => span.Kind == MarkupKind.Hashtag))
            {
                if (LengthOf(text, span, stopWords) > 0)
                {
                    var body = text[(span.Start + 1)..span.End];
                    found.Add(Folding.Fold(body));
                    found.Add(Folding.Fold(WordForms.SplitCamel(body)));
                }
            }
        }

        return found;
    }

    // Where the last word with a capital of its own begins.
    private static int LastWord(string text, MarkupSpan span, out int capitals)
    {
        capitals = 0;
        var last = -1;
        for (var i = span.Start + 2; i < span.End; i++)
        {
            var afterSmall = char.IsLower(text[i - 1]) || char.IsDigit(text[i - 1]);
            var beforeSmall = i + 1 < span.End && char.IsLower(text[i + 1]);
            if (char.IsUpper(text[i]) && (afterSmall || (char.IsUpper(text[i - 1]) && beforeSmall)))
            {
                capitals++;
                last = i;
            }
        }

        return last;
    }

    // "#NightStoriesANNA comes back": who writes words small with a capital does not shout the last one.
    private static bool IsShout(string text, MarkupSpan span, int at, string word) =>
        (word.Length >= LeastRest || (word.Length == LeastRest - 1 && GoesOnShouting(text, span.End)))
        && word.All(char.IsUpper)
        && text.AsSpan(span.Start + 1, at - span.Start - 1).IndexOfAnyInRange('a', 'z') >= 0
        && span.End + 1 < text.Length
        && text[span.End] == ' '
        && char.IsLetter(text[span.End + 1]);

    // "#NightStoriesGET YOUR seat"
    private static bool GoesOnShouting(string text, int end)
    {
        var next = end + 1;
        while (next < text.Length && char.IsUpper(text[next]))
        {
            next++;
        }

        return next > end + 2 && (next == text.Length || !char.IsLetterOrDigit(text[next]));
    }

    private static bool IsCall(string text, int at, string word) =>
        word.Length >= LeastRest
        && word.All(char.IsUpper)
        && char.IsLower(text[at - 1])
        && (
            Passages.Classify(word) == PassageKind.CallToAction
            || Passages.Classify(text[at..Math.Min(text.Length, at + Call)]) == PassageKind.CallToAction
        );
}
