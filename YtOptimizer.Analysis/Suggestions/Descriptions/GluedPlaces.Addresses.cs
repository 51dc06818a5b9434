using System.Buffers;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// Links, mentions and hashtags: what stands in front of them and behind them.
internal sealed partial class GluedPlaces
{
    private const int LeastTag = 4;
    private const int LongestSwallowed = 40;
    private static readonly SearchValues<char> NoSwallowed = SearchValues.Create(".!?,;(");

    private static readonly string[] JapaneseParticles =
    [
        "から",
        "まで",
        "より",
        "です",
        "って",
        "など",
        "は",
        "が",
        "を",
        "に",
        "で",
        "と",
        "の",
        "へ",
        "も",
        "や",
    ];

    private void Addresses()
    {
        foreach (var span in Markup.Find(line))
        {
            if (span.Kind is MarkupKind.Hashtag or MarkupKind.TimeStamp)
            {
                continue;
            }

            var (end, unsure) = (span.End, false);
            if (span.Kind == MarkupKind.Link)
            {
                (end, unsure) = AddressEnds.Find(line, span, words);
                unsureAddresses += unsure ? 1 : 0;
                if (
                    span.Start > 0
                    && (char.IsLetterOrDigit(line[span.Start - 1]) || EndsBefore(span.Start) || addressEnds.Contains(span.Start))
                )
                {
                    Begin(span.Start);
                }
            }

            Array.Fill(whole, true, span.Start + 1, Math.Max(0, end - span.Start - 1));
            addressStarts.Add(span.Start);
            addressEnds.Add(end);
            if (!unsure)
            {
                Behind(end, span.Kind == MarkupKind.Mention, line[end - 1] == ']' || end < span.End);
                if (span.Kind == MarkupKind.Link && line[end - 1] == ']')
                {
                    BehindPlaceholder(end);
                }
            }
        }
    }

    // What follows an address: a line of its own, unless the sentence goes on.
    private void Behind(int end, bool isMention, bool certain)
    {
        var next = end;
        while (next < line.Length && char.IsWhiteSpace(line[next]))
        {
            next++;
        }

        if (next >= line.Length || (next == end && isMention) || GoesToNumber(end, next))
        {
            return;
        }

        var begins =
            char.IsUpper(line[next])
            || line[next] == '#'
            || (next > end && line.AsSpan(next).StartsWith("http", StringComparison.OrdinalIgnoreCase))
            || (certain && next == end && (char.IsLetterOrDigit(line[next]) || IsRuleOrDash(next)))
            || (!isMention && IsNotice(line, next))
            || (
                next == end
                && Opening.Contains(line[next], StringComparison.Ordinal)
                && (line[next] is not ('(' or '"' or '[') || (line[next] == '[' && Markup.Placeholder(line, next) == 0))
            )
            || line[next] is '・' or '※'
            || (IsCaseless(line[next]) && !IsParticle(next))
            || (LineMarks.BulletsAt(line, next) is var bullets and > 0 && next + bullets < line.Length)
            || (ListMarks.IsPicture(line, next) && HasTextBehind(next));
        // "with @ann Congress": a sentence may go on behind a mention.
        if (
            begins && !(isMention && (!certain || next > end) && !GluedWords.BeginsPart(line, next) && GluedWords.LabelEnd(line, next) == 0)
        )
        {
            Begin(next);
        }
    }

    // "SMS LION [phone] To 56700"
    private bool GoesToNumber(int before, int at)
    {
        var end = GluedWords.WordEnd(line, at);
        var text = line.AsSpan(0, before);
        return (text.EndsWith("[phone]") || text.EndsWith("[number]"))
            && end > at
            && end - at <= LeastTail
            && end + 1 < line.Length
            && line[end] == ' '
            && char.IsDigit(line[end + 1])
            && words.IsFunction(line[at..end]);
    }

    // "…/[profile] us on Insta: https://…": the placeholder has swallowed the beginning of the next label.
    private void BehindPlaceholder(int end)
    {
        if (end + 1 >= line.Length || line[end] != ' ' || !char.IsLetter(line[end + 1]))
        {
            return;
        }

        var behind = line.AsSpan(end + 1, Math.Min(LongestSwallowed, line.Length - end - 1));
        var next = behind.IndexOf("http", StringComparison.OrdinalIgnoreCase);
        if (next > 0 && behind[..next].IndexOfAny(NoSwallowed) < 0)
        {
            Begin(end + 1);
        }
    }

    // Not "[phone]-09".
    private bool IsRuleOrDash(int at) =>
        RuleSigns.Contains(line[at], StringComparison.Ordinal) && !(at + 1 < line.Length && char.IsDigit(line[at + 1]));

    // "(C) 2018 …", "© 2018 …" behind a link.
    private static bool IsNotice(string line, int at) =>
        line[at] is '©' or '℗'
        || (at + 3 < line.Length && line[at] == '(' && line[at + 1] is 'C' or 'c' or 'P' or 'p' && line[at + 2] == ')');

    private bool HasTextBehind(int at)
    {
        while (at < line.Length && !char.IsLetterOrDigit(line[at]))
        {
            at++;
        }

        return at < line.Length;
    }

    // "https://example.comから", "https://example.com에서": a particle belongs to the sentence of the link.
    private bool IsParticle(int at)
    {
        if (line[at] is >= '\u3040' and <= '\u309F')
        {
            return Array.Exists(JapaneseParticles, particle => line.AsSpan(at).StartsWith(particle, StringComparison.Ordinal));
        }

        var run = line[at..GluedWords.WordEnd(line, at)];
        return Array.Exists(WordForms.KoreanParticles, particle => run == particle);
    }

    private void Hashtags()
    {
        var hashtags = Markup
            .Find(line)
            .Where(span => span.Kind == MarkupKind.Hashtag && !whole[span.Start] && !IsRule(span.Start))
            .ToList();
        for (var i = 0; i < hashtags.Count; i++)
        {
            var span = hashtags[i];
            var tag = TagEnd(span);
            Array.Fill(whole, true, span.Start + 1, Math.Max(0, tag - span.Start - 1));
            if (tag < span.End)
            {
                Begin(tag);
            }

            var glued = span.Start > 0 && (char.IsLetterOrDigit(line[span.Start - 1]) || EndsBefore(span.Start));
            var runs = i + 1 < hashtags.Count && hashtags[i + 1].Start - span.End <= 2;
            if (glued && (i == 0 || hashtags[i - 1].End != span.Start) && (runs || span.End >= line.Length - 2))
            {
                Begin(span.Start);
            }
        }
    }

    // "#AnnLeeਅੱਜ ਦੀ ਖਬਰ": behind Latin letters the text goes on in another script, which writes spaces.
    private int TurnOfScript(MarkupSpan span)
    {
        var at = span.Start + 1;
        while (at < span.End && char.IsAsciiLetterOrDigit(line[at]))
        {
            at++;
        }

        if (
            at - span.Start <= LeastTag
            || at >= span.End
            || !char.IsLetter(line[at])
            || span.End + 1 >= line.Length
            || line[span.End] != ' '
        )
        {
            return 0;
        }

        var script = ScriptOf(line[at]);
        return
            script is not (Script.Latin or Script.Hangul)
            && !Scripts.IsUnspaced(script)
            && char.IsLetter(line[span.End + 1])
            && ScriptOf(line[span.End + 1]) == script
            ? at
            : 0;
    }

    private int LinkIn(MarkupSpan span)
    {
        var text = line.AsSpan(span.Start, span.Length);
        var scheme =
            text.EndsWith("https") ? 5
            : text.EndsWith("http") ? 4
            : 0;
        return scheme > 0 && span.Length > scheme + LeastTail && line.AsSpan(span.End).StartsWith("://") ? span.End - scheme : 0;
    }

    // "#AnnLeeComedyA film": a capital behind what a tag is spelled like.
    private int TagEnd(MarkupSpan span)
    {
        if (TurnOfScript(span) is var turn and > 0)
        {
            return turn;
        }

        // "#lionSUBSCRIBE: https://…", "#lionhttps://…"
        if (HashtagGlue.LengthOf(line, span, words.StopWords) is var rest and > 0)
        {
            return span.End - rest;
        }

        if (LinkIn(span) is var link and > 0)
        {
            return link;
        }

        for (var at = span.End - 1; at > span.Start + LeastTail && span.End - at <= GluedWords.LongestWord; at--)
        {
            // A text that begins with hashtags would begin with a line of them.
            if (
                line[0] != '#'
                && char.IsUpper(line[at])
                && (char.IsLower(line[at - 1]) || char.IsDigit(line[at - 1]))
                && span.End + 1 < line.Length
                && line[span.End] == ' '
                && char.IsLower(line[span.End + 1])
                && line.AsSpan(at + 1, span.End - at - 1).IndexOfAnyInRange('A', 'Z') < 0
                && !words.IsJoinedTag(line[(span.Start + 1)..span.End])
                && words.IsKnown(line[at..span.End])
                && words.IsJoinedTag(line[(span.Start + 1)..at])
            )
            {
                return at;
            }
        }

        return span.End;
    }
}
