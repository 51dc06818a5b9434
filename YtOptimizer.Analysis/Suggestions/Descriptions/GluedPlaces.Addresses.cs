using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// Links, mentions and hashtags: what stands in front of them and behind them.
internal sealed partial class GluedPlaces
{
    private const int LeastTag = 4;

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

        if (next >= line.Length || (next == end && isMention))
        {
            return;
        }

        var begins =
            char.IsUpper(line[next])
            || line[next] == '#'
            || (next > end && line.AsSpan(next).StartsWith("http", StringComparison.OrdinalIgnoreCase))
            || (certain && next == end && (char.IsLetterOrDigit(line[next]) || IsRuleOrDash(next)))
            || (!isMention && IsNotice(line, next))
            || (next == end && Opening.Contains(line[next], StringComparison.Ordinal) && line[next] is not ('(' or '"' or '['))
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
            return true;
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

    // "#AnnLeeComedyA film": a capital behind what a tag is spelled like.
    private int TagEnd(MarkupSpan span)
    {
        for (var at = span.End - 1; at > span.Start + LeastTag && span.End - at <= GluedWords.LongestWord; at--)
        {
            // A text that begins with hashtags would begin with a line of them.
            if (
                line[0] != '#'
                && char.IsUpper(line[at])
                && char.IsLower(line[at - 1])
                && span.End + 1 < line.Length
                && line[span.End] == ' '
                && char.IsLower(line[span.End + 1])
                && line.AsSpan(at + 1, span.End - at - 1).IndexOfAnyInRange('A', 'Z') < 0
                && !words.IsJoinedTag(line[(span.Start + 1)..span.End])
                && words.IsFunction(line[at..span.End])
                && words.IsJoinedTag(line[(span.Start + 1)..at])
            )
            {
                return at;
            }
        }

        return span.End;
    }
}
