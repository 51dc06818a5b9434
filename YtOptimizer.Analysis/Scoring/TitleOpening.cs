using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>What stands among the first words of a title and names its subject: a main phrase, or what the creator tagged.</summary>
internal static class TitleOpening
{
    /// <summary>Columns.</summary>
    public const int Early = 20;

    // More are no name but a whole title.
    private const int MostWords = 5;
    private const int ShortestTag = 3;
    private const int ShortestUnspaced = 2;

    /// <summary>The tag that begins earliest in the title, of several the longest; null where none stands among its first words.</summary>
    public static (string Text, int Column)? Tagged(Source source, string title)
    {
        (string Text, int Column)? found = null;
        foreach (var tag in source.SafeTags)
        {
            if (IndexOf(title, tag) is not (>= 0 and <= Early) || !Names(source, tag))
            {
                continue;
            }

            var at = IndexOf(title, tag);
            var column = Graphemes.DisplayWidth(title[..at]);
            if (
                column <= Early
                && (found is not { } known || column < known.Column || (column == known.Column && tag.Length > known.Text.Length))
            )
            {
                found = (title.Substring(at, tag.Length), column);
            }
        }

        return found;
    }

    /// <summary>UTF-16 offset where the tag stands as whole words; within scripts without spaces anywhere; -1 where it does not.</summary>
    public static int IndexOf(string title, string tag)
    {
        if (tag.Length < ShortestUnspaced || tag.Length > title.Length)
        {
            return -1;
        }

        var at = title.IndexOf(tag, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || Scripts.IsUnspaced(Scripts.OfFirst(tag)))
        {
            return at;
        }

        var end = at + tag.Length;
        return
            tag.Length >= ShortestTag
            && (at == 0 || !char.IsLetterOrDigit(title[at - 1]))
            && (end == title.Length || !char.IsLetterOrDigit(title[end]))
            ? at
            : -1;
    }

    /// <summary>Whether a tag names a subject: not the channel, no form of video, no everyday word alone.</summary>
    public static bool Names(Source source, string tag)
    {
        var tokens = source.Tokens(tag);
        var content = tokens.FindAll(token => !token.IsStop && !PromisedWords.IsFrame(token.Folded));
        return content.Count > 0
            && tokens.Count <= MostWords
            && content.Exists(token => token.Script != Script.Number)
            && !content.TrueForAll(token => PromisedWords.IsForm(source, token.Folded) || PromisedWords.IsPart(token.Folded))
            && (content.Count > 1 || !(source.IsEveryday(content[0].Folded) || CommonWords.For("en").HasWord(content[0].Folded)))
            && !TitleSegments.IsChannel(tag, source);
    }
}
