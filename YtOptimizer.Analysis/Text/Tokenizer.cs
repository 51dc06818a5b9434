using System.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Cuts a field into words. Words of spaced scripts are runs of letters, numbers and marks; runs of scripts without spaces are cut into
/// words by <see cref="WordSegmenter"/>. Links, mentions and time stamps are left out and end a line; hashtags stay as one marked token.
/// </summary>
internal static partial class Tokenizer
{
    private const string Openers = "\"“”„«‹「『【（([{《〈‘［";

    // Hiragana of one or two letters is a particle or an ending.
    private const int ShortKana = 2;
    private const string Closers = "\"“”»›」』】）)]}》〉’］";

    public static List<Token> Tokenize(string text, StopWords stopWords, bool unglue = false)
    {
        var tokens = new List<Token>(text.Length / 5);
        var markup = Markup.Find(text);
        var steps = new ScanSteps(text.Length);
        var state = default(State);
        state.Gap = Gap.Line;
        var next = 0;
        for (var i = 0; i < text.Length; )
        {
            if (next < markup.Count && markup[next].Start == i)
            {
                var span = markup[next++];
                Take(text, span, tokens, ref state, stopWords);
                i = span.End;
                continue;
            }

            steps.At(i);
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                i++;
                continue;
            }

            if (Folding.IsWord(rune))
            {
                var limit = next < markup.Count ? markup[next].Start : text.Length;
                i = TakeRun(text, i, limit, tokens, ref state, ref steps, stopWords, unglue);
            }
            else
            {
                Separate(text, i, rune, ref state, tokens);
                i += rune.Utf16SequenceLength;
            }
        }

        return tokens;
    }

    private static void Take(string text, MarkupSpan span, List<Token> tokens, ref State state, StopWords stopWords)
    {
        if (span.Kind != MarkupKind.Hashtag)
        {
            if (span.Kind is MarkupKind.Link or MarkupKind.Email or MarkupKind.Mention)
            {
                MarkBeforeLink(tokens, state.LineStart);
                state.AfterLink = true;
            }

            state.Gap = Gap.Line;
            state.Colon = false;
            state.LineStart = tokens.Count;
            return;
        }

        Raise(ref state, Gap.Break);
        var word = text.Substring(span.Start + 1, span.Length - 1);
        AddWord(text, tokens, span.Start + 1, span.Length - 1, Scripts.OfFirst(word), ref state, stopWords, TokenFlags.Hashtag);
        state.Gap = Gap.Break;
    }

    private static int TakeRun(
        string text,
        int start,
        int limit,
        List<Token> tokens,
        ref State state,
        ref ScanSteps steps,
        StopWords stopWords,
        bool unglue
    )
    {
        var i = start;
        var tokenStart = start;
        var script = Script.Other;
        var flags = TokenFlags.None;
        var previousLower = false;
        var lowerCount = 0;
        while (
            i < limit
            && Rune.TryGetRuneAt(text, i, out var rune)
            && (Folding.IsWord(rune) || (WordSigns.JoinsWord(text, i) && i + 1 < limit && FollowedByWord(text, i + 1)))
        )
        {
            if (!Folding.IsWord(rune))
            {
                i += rune.Utf16SequenceLength;
                continue;
            }

            steps.At(i);
            var current = Scripts.Of(rune, script);
            var boundary = script != Script.Other && Scripts.IsUnspaced(current) != Scripts.IsUnspaced(script);
            var glued =
                unglue
                && previousLower
                && lowerCount >= 2
                && Rune.IsUpper(rune)
                && FollowedByLower(text, i + rune.Utf16SequenceLength, limit);
            if (boundary || glued)
            {
                Add(text, tokens, tokenStart, i - tokenStart, script, ref state, stopWords, flags);
                tokenStart = i;
                state.Gap = glued ? Gap.Break : Gap.None;
                flags = glued ? TokenFlags.Unglued : TokenFlags.None;
                lowerCount = 0;
                script = Script.Other;
                current = Scripts.Of(rune, script);
            }

            script = script switch
            {
                Script.Other => current,
                Script.Number when current is Script.Latin or Script.Hangul or Script.Other => current,
                _ => script,
            };
            previousLower = Rune.IsLower(rune);
            lowerCount = previousLower ? lowerCount + 1 : 0;
            i += rune.Utf16SequenceLength;
        }

        Add(text, tokens, tokenStart, i - tokenStart, script, ref state, stopWords, flags);
        return i;
    }

    // A run is one word, or several where the script has no spaces.
    private static void Add(
        string text,
        List<Token> tokens,
        int start,
        int length,
        Script script,
        ref State state,
        StopWords stopWords,
        TokenFlags flags
    )
    {
        if (length < 2 || !Scripts.IsUnspaced(script))
        {
            AddWord(text, tokens, start, length, script, ref state, stopWords, flags);
            return;
        }

        var from = 0;
        foreach (var end in WordSegmenter.Ends(text.Substring(start, length)))
        {
            AddWord(text, tokens, start + from, end - from, Script.Other, ref state, stopWords, flags);
            from = end;
        }
    }

    private static void AddWord(
        string text,
        List<Token> tokens,
        int start,
        int length,
        Script script,
        ref State state,
        StopWords stopWords,
        TokenFlags extra
    )
    {
        var surface = text.Substring(start, length);
        var folded = Folding.Fold(surface);
        if (folded.Length == 0)
        {
            return;
        }

        var flags = extra | Scripts.CaseFlags(surface) | state.Context;
        script = script == Script.Other ? Scripts.OfWord(surface) : script;
        if (extra != TokenFlags.Hashtag && (stopWords.Contains(folded) || (script == Script.Kana && folded.Length <= ShortKana)))
        {
            flags |= TokenFlags.Stop;
        }

        if (state.Colon)
        {
            flags |= TokenFlags.AfterColon;
        }

        if (state.AfterLink)
        {
            flags |= TokenFlags.AfterLink;
        }

        tokens.Add(new Token(start, length, folded, script, state.Gap, flags));
        state.Gap = Gap.None;
    }

    private static bool FollowedByWord(string text, int index) => Rune.TryGetRuneAt(text, index, out var rune) && Folding.IsWord(rune);

    private static bool FollowedByLower(string text, int index, int limit) => index < limit && char.IsLower(text[index]);

    private static void Raise(ref State state, Gap gap)
    {
        if (gap > state.Gap)
        {
            state.Gap = gap;
        }
    }
}
