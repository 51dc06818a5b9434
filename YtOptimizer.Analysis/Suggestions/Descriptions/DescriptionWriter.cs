using System.Text;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>
/// Rewrites a description without losing what the creator put there: opening, key points from the transcript, working chapters, then the
/// creator's own lines verbatim, hashtags last.
/// </summary>
internal sealed class DescriptionWriter(
    Source source,
    ChapterSuggestion chapters,
    IReadOnlyList<string> hashtags,
    int mostKeyPoints,
    DescriptionEdits edits = DescriptionEdits.All
)
{
    private const int NearTheLimit = 60;
    private const int LongestParagraph = 500;

    public DescriptionSuggestion Write()
    {
        var lines = Body();
        var (lead, from) = Has(DescriptionEdits.Opening) ? new OpeningWriter(source).Write(lines) : ("", -1);
        var points = KeyPointWriter.Write(source, lead, mostKeyPoints);
        var spoken = !Has(DescriptionEdits.KeyPoints)
            ? []
            : points.Where(point => !TextCleaner.Tidy(source.SafeDescription).Contains(point, StringComparison.Ordinal)).ToList();
        // Leading link lines stay, but below the opening; a sentence that moves up does not stay behind.
        if (from >= 0)
        {
            lines[from] = lines[from] with { Text = Without(lines[from].Text, lead) };
            lines.RemoveAll(line => line.Kind == LineKind.Prose && line.Text.Trim() == lead);
        }

        var text = Compose(lead, spoken, lines);
        if (!Fits(text))
        {
            text = Compose(lead, [], lines);
        }

        if (!Fits(text) && from < 0)
        {
            text = Compose("", [], lines);
        }

        // Most of it at once, the last sentences one by one.
        while (!Fits(text) && Shorten(lines, Math.Max(1, Limits.Bytes(text) - Limits.DescriptionBytes - NearTheLimit)) > 0)
        {
            text = Compose(from < 0 ? "" : lead, [], lines);
        }

        if (!Fits(text))
        {
            text = CutToFit(text);
        }

        return new DescriptionSuggestion
        {
            Text = text,
            Hashtags = hashtags,
            KeyPoints = points,
            Source = SuggestionSource.Deterministic,
        };
    }

    /// <summary>Lines that hold links, credits, disclosures or licences: they must survive any rewrite.</summary>
    public static IEnumerable<string> Protected(Source source) =>
        DescriptionLines
            .Split(TextCleaner.ReplaceAngleBrackets(source.SafeDescription))
            .Where(line => line.Kind is LineKind.Link or LineKind.Credit)
            .Select(line => line.Text.TrimEnd());

    /// <summary>Within 5,000 bytes, as documented.</summary>
    public static bool Fits(string text) => Limits.Bytes(text) <= Limits.DescriptionBytes;

    // The creator's lines; the chapter lines replaced by the working list, trailing walls of hashtags left to the end.
    private List<DescriptionLine> Body()
    {
        var lines = new List<DescriptionLine>();
        var replace = chapters.Status == ChapterStatus.Repaired && Has(DescriptionEdits.Chapters);
        var placed = false;
        var whole = TextCleaner.ReplaceAngleBrackets(source.SafeDescription);
        var oneLine = HashtagRuns.IsOneLine(whole);
        var parted = oneLine && Has(DescriptionEdits.Opening | DescriptionEdits.Paragraphs) ? GluedLines.Of(source).Lines : [];
        var own = parted.Count == 0 ? whole : string.Join('\n', parted);
        foreach (var line in DescriptionLines.Split(own))
        {
            var isChapter = ChapterList.ParseLine(line.Text) is not null;
            if (replace && isChapter && line.Kind == LineKind.Chapter)
            {
                if (!placed)
                {
                    lines.Add(new DescriptionLine(ChapterList.FormatBlock(chapters.Chapters), LineKind.Chapter));
                    placed = true;
                }

                continue;
            }

            if (replace && isChapter)
            {
                // A chapter line with a link or credit: keep its words, not its broken time.
                lines.Add(line with { Text = ChapterList.ParseLine(line.Text)!.Title });
                continue;
            }

            if (
                line.Kind is not (LineKind.Hashtags or LineKind.Chapter)
                && line.Text.Length > LongestParagraph
                && oneLine
                && Has(DescriptionEdits.Paragraphs)
            )
            {
                lines.AddRange(
                    Paragraphs(line.Text).Select(paragraph => new DescriptionLine(paragraph, DescriptionLines.Classify(paragraph)))
                );
                continue;
            }

            lines.Add(line with { Text = line.Text.TrimEnd() });
        }

        return lines;
    }

    private string Compose(string lead, List<string> points, List<DescriptionLine> lines)
    {
        var output = new StringBuilder();
        if (lead.Length > 0)
        {
            output.Append(lead).Append("\n\n");
        }

        if (points.Count > 0)
        {
            output.Append(string.Join('\n', points.Select(point => "• " + point))).Append("\n\n");
        }

        if (chapters.Status == ChapterStatus.Derived && Has(DescriptionEdits.Chapters))
        {
            output.Append(ChapterList.FormatBlock(chapters.Chapters)).Append("\n\n");
        }

        var blank = true;
        foreach (var line in lines)
        {
            var empty = string.IsNullOrWhiteSpace(line.Text);
            if (!(empty && blank))
            {
                output.Append(line.Text).Append('\n');
            }

            blank = empty;
        }

        // Chapter labels and spoken sentences come from texts in which these are allowed.
        var body = TextCleaner.ReplaceAngleBrackets(output.ToString().TrimEnd());
        if (!Has(DescriptionEdits.Hashtags))
        {
            return body;
        }

        var present = HashtagWriter.Existing(body).Select(tag => Folding.Fold(tag)).ToHashSet(StringComparer.Ordinal);
        var missing = hashtags.Where(tag => !present.Contains(Folding.Fold(tag))).ToList();
        if (missing.Count == 0 || present.Count + missing.Count > 5)
        {
            missing = present.Count == 0 ? missing : [];
        }

        var last = body[(body.LastIndexOf('\n') + 1)..];
        var gap = DescriptionLines.Classify(last) == LineKind.Hashtags ? " " : "\n\n";
        return missing.Count == 0 ? body : (body + gap + string.Join(' ', missing)).TrimStart();
    }

    private bool Has(DescriptionEdits edit) => (edits & edit) != 0;

    // Sentences of one long line in groups of up to 300 characters.
    private static IEnumerable<string> Paragraphs(string line)
    {
        var paragraph = new StringBuilder();
        foreach (var range in Sentences.SplitWithGaps(line))
        {
            var sentence = line[range];
            if (
                paragraph.Length > 0
                && paragraph.Length + sentence.Length > 300
                && LineMarks.EndsSentence(line, range.Start.GetOffset(line.Length))
            )
            {
                yield return paragraph.ToString().TrimEnd();
                yield return "";
                paragraph.Clear();
            }

            paragraph.Append(sentence);
        }

        if (paragraph.Length > 0)
        {
            yield return paragraph.ToString().TrimEnd();
        }
    }

    private static string Without(string line, string sentence)
    {
        var at = line.IndexOf(sentence, StringComparison.Ordinal);
        return at < 0 ? line : TextCleaner.Tidy(line.Remove(at, sentence.Length));
    }

    /// <summary>Takes out about that many bytes: last prose first, then prose sentences between links; never links or credits.</summary>
    /// <returns>How many were taken out; 0 when nothing is left that may go.</returns>
    private static int Shorten(List<DescriptionLine> lines, int bytes)
    {
        var shed = 0;
        for (var i = lines.Count - 1; i >= 0 && shed < bytes; i--)
        {
            if (lines[i].Kind == LineKind.Prose)
            {
                // A wall of prose goes sentence by sentence.
                var pieces = Sentences.SplitWithGaps(lines[i].Text);
                var kept = pieces.Count;
                var end = lines[i].Text.Length;
                for (; kept > 0 && shed < bytes; kept--)
                {
                    shed += Limits.Bytes(lines[i].Text[pieces[kept - 1].Start.Value..end]);
                    end = pieces[kept - 1].Start.Value;
                }

                if (kept > 0)
                {
                    lines[i] = lines[i] with { Text = lines[i].Text[..end].TrimEnd() };
                }
                else
                {
                    lines.RemoveAt(i);
                    shed++;
                }
            }
        }

        for (var i = lines.Count - 1; i >= 0 && shed < bytes; i--)
        {
            var text = lines[i].Text;
            var ranges = Sentences.SplitWithGaps(text);
            var left = ranges.Count;
            for (var k = ranges.Count - 1; k >= 0 && left > 1 && shed < bytes; k--)
            {
                var sentence = text[ranges[k]];
                if (sentence.Trim().Length > 0 && !Markup.HasLink(sentence) && !DescriptionLines.IsCredit(sentence))
                {
                    // From the end, so that the ranges before stay right.
                    var (start, length) = ranges[k].GetOffsetAndLength(text.Length);
                    lines[i] = lines[i] with { Text = lines[i].Text.Remove(start, length) };
                    shed += Limits.Bytes(sentence);
                    left--;
                }
            }
        }

        return shed;
    }

    private static string CutToFit(string text)
    {
        while (!Fits(text))
        {
            var end = text.LastIndexOf('\n');
            text = end > 0 ? text[..end] : Graphemes.Take(text, Math.Max(1, Graphemes.Count(text) * 9 / 10));
        }

        return text.TrimEnd();
    }
}
