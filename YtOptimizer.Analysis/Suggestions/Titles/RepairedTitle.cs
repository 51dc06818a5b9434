using System.Text;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>The present title without what is wrong with its form: shouting, doubled marks, a name said twice, parts past the visible
/// end.</summary>
internal sealed partial class RepairedTitle(Source source, TitleShape shape)
{
    private const string Spaces = "spaces and marks out of place";
    private const string Ornaments = "ornaments around the words";
    private const string Doubled = "doubled marks";
    private const string Capitals = "words in capitals";
    private const int Visible = 75;
    private const int MostEmoji = 2;
    private const int FewestShouted = 3;
    private const int LeastMarks = 3;
    private const int FewestMarks = 2;
    private readonly string code = source.Language.Code;

    /// <summary>Null where nothing is wrong.</summary>
    public TitleDraft? Write()
    {
        var title = TextCleaner.Tidy(source.SafeTitle);
        var faults = new List<string>();
        var text = Step(title, Spaced(title), Spaces, faults);
        text = Step(text, OneMark(text), Doubled, faults);
        text = Step(text, Bare(text), Ornaments, faults);
        text = Step(text, WithoutOutcry(text), "an outcry that says nothing about the video", faults);
        text = Step(text, OneEmoji(text), "more than one emoji", faults);
        text = Step(text, Calm(text), Capitals, faults);
        text = Step(text, Spelled(text), "a misspelling, by your own text", faults);
        text = Step(text, WithoutRepeats(text), "a part that says again what stands before", faults);
        text = Step(text, WithoutQuality(text), "the picture's quality, which YouTube shows", faults);
        text = Step(text, WithoutChannel(text), "the channel's name, which YouTube shows under the title", faults);
        text = Step(text, WithoutHashtags(text), "hashtags, which belong in the description", faults);
        if (Graphemes.DisplayWidth(text) > Visible)
        {
            var cut = text.Contains('#', StringComparison.Ordinal) ? "hashtags and a channel name" : "a channel's name";
            text = Step(text, Shortened(text), cut + " that search results cut off", faults);
        }

        // A lone space in brackets or a second exclamation mark is no reason to touch a title.
        var trifles = faults.TrueForAll(fault => fault is Spaces or Doubled or Ornaments);
        if (faults.Count == 0 || (trifles && !IsSeen(title, text, faults)) || StillShouts(text))
        {
            return null;
        }

        // The words are the creator's own: that they are many is no reason to leave them in capitals.
        return shape.Finish(text, faults.Contains(Capitals) && ShoutsThroughout(title) ? Limits.Title : TitleShape.Widest) is { } finished
            ? new TitleDraft(
                Closing(finished, text),
                TitleApproach.Repaired,
                $"The same words without {string.Join(" and ", faults)}.",
                0.72
            )
            : null;
    }

    // Marks in a row, and words that run into each other, are seen at once.
    private bool IsSeen(string title, string text, List<string> faults) =>
        source.Kind.About is VideoKind.Music or VideoKind.Performance
            ? faults.Contains(Doubled) && title.Length - text.Length >= LeastMarks
            : title.Length - text.Length >= LeastMarks
                || (faults.Contains(Doubled) && title.Length - text.Length >= FewestMarks)
                || (faults.Contains(Spaces) && (GluedMark().IsMatch(title) || (code != "fr" && LoneMark().IsMatch(title))));

    private static string OneMark(string text)
    {
        // "?!" is one mark to the reader; what is left of "?!?!" is the question.
        var single = Mixed()
            .Replace(text, match => match.Value.AsSpan().IndexOfAny('？', '！') >= 0
                    ? (match.Value.AsSpan().IndexOfAny('?', '？') >= 0 ? "？" : "！")
                : match.Value.Contains('?', StringComparison.Ordinal) ? "?"
                : "!");
        return Marks().Replace(single, "${mark}");
    }

    // Where most words stay in capitals the rest of the repair makes no better title.
    private bool StillShouts(string text)
    {
        var tokens = source.Tokens(text);
        return source.Kind.About is not (VideoKind.Music or VideoKind.Performance)
            && tokens.Count(token => token.Has(TokenFlags.AllCaps) && token.Length > 2) * 2 >= tokens.Count;
    }

    // Finish drops a closing mark; the creator's own single one stays.
    private static string Closing(string finished, string text)
    {
        var core = text.TrimEnd();
        return core[^1] is '!' or '！' or '?' or '？' && finished[^1] != core[^1]
            ? finished + (core.Length > 1 && core[^2] == ' ' ? " " : "") + core[^1]
            : finished;
    }

    private static string Step(string before, string after, string fault, List<string> faults)
    {
        var tidy = TextCleaner.Tidy(after);
        if (tidy.Length == 0 || tidy == before)
        {
            return before;
        }

        faults.Add(fault);
        return tidy;
    }

    /// <summary>Spaces and dashes where they belong; the words are unchanged.</summary>
    public string Spaced(string text)
    {
        var output = code == "fr" ? text : SpaceBefore().Replace(text, "${mark}");
        output = InBrackets().Replace(output, "${open}${inside}${close}");
        output = Bars().Replace(output, " | ");
        output = GluedMark().Replace(output, "${mark} ");
        return GluedDash().Replace(output, " - ");
    }

    private string Calm(string text)
    {
        var tokens = source.Tokens(text);
        var shouted = tokens
            .Where(token =>
                token.Has(TokenFlags.AllCaps)
                && token.Length > 3
                && !token.Has(TokenFlags.Digits)
                && Brands.Form(token.Folded) != text.Substring(token.Start, token.Length)
                && !source.IsAcronym(token.Folded)
            )
            .ToList();
        if (shouted.Count < 2 && !(shouted.Count == 1 && tokens.Count <= 3))
        {
            return text;
        }

        // Capitals in the name of a song or artist are the artist's own.
        if (source.Kind.About is VideoKind.Music or VideoKind.Performance)
        {
            return text;
        }

        if (!Casing.IsCertain(text, source))
        {
            return text;
        }

        // One shouted word left among calmed ones is worse than all of them.
        var calm = Casing.Calm(text, source);
        return source
            .Tokens(calm)
            .Exists(token =>
                token.Has(TokenFlags.AllCaps)
                && token.Length > 3
                && !token.Has(TokenFlags.Digits)
                && Brands.Form(token.Folded) is null
                && !source.IsAcronym(token.Folded)
                && (source.IsEveryday(token.Folded) || token.IsStop)
            )
            ? text
            : calm;
    }

    private string Spelled(string text)
    {
        if (Misspelling.InTitle(source) is not { } found)
        {
            return text;
        }

        var wrong = source.SafeTitle.Substring(found.Wrong.Start, found.Wrong.Length);
        var right =
            found.Wrong.Has(TokenFlags.AllCaps) ? Casing.Upper(found.Right, code)
            : found.Wrong.Has(TokenFlags.Capitalized) ? Casing.Capitalize(found.Right, code)
            : found.Right;
        return text.Replace(wrong, right, StringComparison.Ordinal);
    }

    private bool ShoutsThroughout(string text)
    {
        var words = source
            .Tokens(text)
            .Where(token => token.Length > 1 && text.Substring(token.Start, token.Length).Any(c => char.IsUpper(c) || char.IsLower(c)))
            .ToList();
        var shouted = words.Count(token => token.Has(TokenFlags.AllCaps));
        return shouted >= FewestShouted && shouted * 5 >= words.Count * 4;
    }

    // Between words they divide its parts, and two or three are a creator's style; a row of them is clutter wherever it stands.
    private static string OneEmoji(string text)
    {
        text = EmojiRow().Replace(text, "${first}");
        // "😱 Headline 😱😭": at the front it stands before the first word that search shows.
        var first = text.EnumerateRunes().TakeWhile(rune => !Rune.IsLetterOrDigit(rune)).ToList();
        var inFront = first.Count(Graphemes.IsEmoji);
        var all = text.EnumerateRunes().Count(Graphemes.IsEmoji);
        if (
            inFront > 0
            && all > MostEmoji
            && first.TrueForAll(rune => Rune.IsWhiteSpace(rune) || Graphemes.IsEmoji(rune) || rune.Value == 0xFE0F)
        )
        {
            var bare = text[first.Sum(rune => rune.Utf16SequenceLength)..];
            text = bare.EnumerateRunes().Any(Graphemes.IsEmoji) ? bare : text;
        }

        var last = text.EnumerateRunes().ToList();
        var tail = last.Count - 1 - last.FindLastIndex(rune => Rune.IsLetterOrDigit(rune));
        if (
            text.EnumerateRunes().Count(Graphemes.IsEmoji) <= MostEmoji
            || last.TakeLast(tail).Count(Graphemes.IsEmoji) < text.EnumerateRunes().Count(Graphemes.IsEmoji)
        )
        {
            return text;
        }

        var output = new StringBuilder();
        var seen = false;
        var elements = System.Globalization.StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            var emoji = element.EnumerateRunes().Any(Graphemes.IsEmoji);
            if (!emoji || !seen)
            {
                output.Append(element);
            }

            seen |= emoji;
        }

        return output.ToString();
    }

    // "… | MasterChef Türkiye" after a title that begins with it; nothing else is moved.
    private string WithoutRepeats(string text)
    {
        var pieces = Separators().Split(text);
        for (var i = pieces.Length - 1; i >= 2; i -= 2)
        {
            var stems = source.ContentStems(pieces[i]).ToHashSet(StringComparer.Ordinal);
            var before = source.ContentStems(string.Concat(pieces[..(i - 1)])).ToHashSet(StringComparer.Ordinal);
            if (stems.Count > 0 && stems.IsSubsetOf(before) && !pieces[i].Any(char.IsDigit) && (stems.Count > 1 || IsOwnName(pieces[i])))
            {
                pieces = [.. pieces[..(i - 1)], .. pieces[(i + 1)..]];
            }
        }

        return string.Concat(pieces);
    }

    private string Shortened(string text)
    {
        var pieces = Separators().Split(text);
        var left = pieces.Length;
        while (
            left > 2
            && Graphemes.DisplayWidth(string.Concat(pieces[..left])) > Visible
            && (IsOwnName(pieces[left - 1]) || pieces[left - 1].TrimStart().StartsWith('#'))
            && Graphemes.DisplayWidth(string.Concat(pieces[..(left - 2)])) >= 25
        )
        {
            left -= 2;
        }

        var shorter = string.Concat(pieces[..left]);
        return Hashtags().Replace(shorter, "");
    }
}
