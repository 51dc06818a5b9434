using System.Buffers;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>What the words of a description that has lost its line breaks tell about where one word ends and the next begins.</summary>
internal sealed class GluedWords
{
    private const int Call = 60;
    private const int LongestLabel = 40;
    private const int LeastName = 5;

    /// <summary>No word of a language that is written with spaces is longer.</summary>
    public const int LongestWord = 60;
    private static readonly SearchValues<char> NoLabel = SearchValues.Create(".!?,;。、|");

    private readonly Dictionary<string, int> alone = new(StringComparer.Ordinal);
    private readonly HashSet<string> pairs = new(StringComparer.Ordinal);
    private readonly HashSet<string> joined = new(StringComparer.Ordinal);
    private readonly HashSet<string> named = new(StringComparer.Ordinal);
    private readonly StopWords stopWords;
    private readonly CommonWords common;
    private readonly CommonWords english = CommonWords.For("en");
    private readonly WordSet wide;

    public GluedWords(string line, string title, IReadOnlyList<string> tags, string language, string channel)
    {
        stopWords = StopWords.For(language);
        common = CommonWords.For(language);
        wide = WordSet.Wide(language);
        foreach (var text in tags.Append(title).Append(DescriptionLines.Prose(line)))
        {
            Read(text);
        }

        foreach (var tag in tags.Append(channel))
        {
            joined.Add(Folding.Fold(tag.TrimStart('#')).Replace(" ", "", StringComparison.Ordinal));
            Name(tag);
        }

        foreach (var span in Markup.Find(line))
        {
            Name(span, line);
        }
    }

    /// <summary>Words that a text of this language may hold at any place.</summary>
    public StopWords StopWords => stopWords;

    /// <summary>How often a word stands between spaces or marks.</summary>
    public int Count(string word) => alone.GetValueOrDefault(word);

    /// <summary>Whether the channel, a tag, a hashtag or a domain is written so ("SagaHits").</summary>
    public bool IsName(string word) => word.Length >= LeastName && named.Contains(Folding.Fold(word));

    /// <summary>Whether a hashtag is a tag without its spaces.</summary>
    public bool IsJoinedTag(string hashtag) => joined.Contains(Folding.Fold(hashtag));

    /// <summary>A word that a text of this language may hold at any place.</summary>
    public bool IsFunction(string word) => stopWords.Contains(Folding.Fold(word));

    public bool IsEnglish(string word) => english.HasWord(Folding.Fold(word));

    public bool IsCommon(string word)
    {
        var folded = Folding.Fold(word);
        return stopWords.Contains(folded) || common.HasWord(folded) || english.HasWord(folded);
    }

    /// <summary>A word of the language, if not an everyday one.</summary>
    public bool IsKnown(string word) => IsCommon(word) || wide.Contains(Folding.Fold(word));

    /// <summary>Whether the two words that begin at an offset stand so in another place.</summary>
    public bool StandsElsewhere(string line, int at)
    {
        var end = WordEnd(line, at);
        var next = end;
        while (next < line.Length && line[next] == ' ')
        {
            next++;
        }

        return next == end + 1 && WordEnd(line, next) is var last && last > next && pairs.Contains(line[at..end] + " " + line[next..last]);
    }

    /// <summary>Whether a call, a credit, a profile or the like begins at an offset.</summary>
    public static bool BeginsPart(string line, int at)
    {
        var end = Math.Min(line.Length, at + Call);
        while (end < line.Length && end > at && char.IsLetterOrDigit(line[end]))
        {
            end--;
        }

        var piece = line[at..LineEnd(line, at, end)];
        var address = piece.IndexOf("http", StringComparison.OrdinalIgnoreCase);
        var kind = Passages.Classify(address > 0 ? piece[..address] : piece);
        return kind is not (PassageKind.Prose or PassageKind.Boilerplate or PassageKind.Chapter or PassageKind.Hashtags);
    }

    // Not beyond a bullet, the end of a sentence or two words written as one.
    private static int LineEnd(string line, int at, int end)
    {
        for (var i = at + 1; i < end; i++)
        {
            if (
                line[i] is '|' or '•'
                || PassageCutter.IsBulletSign(line, i)
                || (line[i] == ' ' && line[i - 1] is '.' or '!' or '?')
                || (i > at + 2 && char.IsUpper(line[i]) && (char.IsLower(line[i - 1]) || char.IsDigit(line[i - 1])))
            )
            {
                return i;
            }
        }

        return end;
    }

    /// <summary>Offset behind a few words with a colon ("Production Manager: …") that begin at an offset; 0 without.</summary>
    public static int LabelEnd(string line, int at)
    {
        var colon = line.AsSpan(at, Math.Min(LongestLabel, line.Length - at)).IndexOfAny(':', '：');
        return
            colon > 1
            && !line.AsSpan(at + colon).StartsWith("://", StringComparison.Ordinal)
            && line.AsSpan(at, colon).IndexOfAny(NoLabel) < 0
            ? at + colon + 1
            : 0;
    }

    /// <summary>End of the word at an offset; what is longer than any word is looked at in pieces.</summary>
    public static int WordEnd(string line, int at)
    {
        var most = Math.Min(line.Length, at + LongestWord);
        while (at < most && char.IsLetter(line[at]))
        {
            at++;
        }

        return at;
    }

    // A tag as one word; of tags with spaces only the words that are one already.
    private void Name(string tag)
    {
        foreach (var word in tag.TrimStart('#').Split([' ', '|', '-', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            named.Add(Folding.Fold(word));
        }
    }

    private void Name(MarkupSpan span, string line)
    {
        var text = line.AsSpan(span.Start, span.Length);
        if (span.Kind == MarkupKind.Hashtag)
        {
            named.Add(Folding.Fold(text.TrimStart("#＃").ToString()));
        }
        else if (span.Kind == MarkupKind.Link)
        {
            // "https://www.example.com/…"
            var scheme = text.IndexOf("://", StringComparison.Ordinal);
            var host = text[(scheme < 0 ? 0 : scheme + 3)..];
            host = host.IndexOf('/') is var slash and >= 0 ? host[..slash] : host;
            foreach (var part in host.ToString().Split('.'))
            {
                named.Add(Folding.Fold(part));
            }
        }
    }

    private void Read(string text)
    {
        string? before = null;
        var gap = 0;
        for (var i = 0; i < text.Length; )
        {
            if (!char.IsLetter(text[i]))
            {
                gap = text[i] == ' ' ? gap + 1 : 2;
                i++;
                continue;
            }

            var end = WordEnd(text, i);
            var word = text[i..end];
            alone[word] = alone.GetValueOrDefault(word) + 1;
            if (before is not null && gap == 1)
            {
                pairs.Add(before + " " + word);
            }

            (before, gap, i) = (word, 0, end);
        }
    }
}
