namespace YtOptimizer.Analysis.Suggestions.Descriptions;

// Rows of signs that part sections, and those that frame a heading.
internal sealed partial class GluedPlaces
{
    private const int ShortRule = 3;
    private const int LongestFrame = 12;
    private const int LongestHeading = 60;

    private bool IsRuleAt(int at, int rule) =>
        rule >= LeastRule
            ? !LeadsToAddress(at, at + rule)
            // "a lion---SUBSCRIBE"
            : rule >= ShortRule && at > 0 && at + rule < line.Length && char.IsLetterOrDigit(line[at - 1]) && char.IsUpper(line[at + rule]);

    /// <returns>How many characters are read.</returns>
    private int Rule(int at, int rule)
    {
        var end = at + rule;
        if (FrameEnd(at, end) is var frame and > 0)
        {
            Begin(at);
            Begin(frame);
            Array.Fill(whole, true, at + 1, frame - at - 1);
            return frame - at - 1;
        }

        // A stop behind the row belongs to it.
        while (
            end + 1 < line.Length
            && line[end] == '.'
            && (line[end + 1] == '.' || !char.IsLetterOrDigit(line[end + 1]) || line[end - 1] == '.')
        )
        {
            end++;
        }

        Begin(at);
        Begin(end);
        return end - at;
    }

    // "*****NEW VIDEOS*****"
    private int FrameEnd(int at, int end)
    {
        var rule = line[at..end];
        if (rule.Length > LongestFrame || end >= line.Length || !(char.IsLetterOrDigit(line[end]) || line[end] == ' '))
        {
            return 0;
        }

        var next = line.IndexOf(rule, end, Math.Min(LongestHeading, line.Length - end), StringComparison.Ordinal);
        var over = next + rule.Length;
        var isFrame = next > end && line[next - 1] == ' ' == (line[end] == ' ') && !(over < line.Length && line[over] == rule[^1]);
        for (var i = end; i < next && isFrame; i++)
        {
            isFrame = !whole[i] && !addressStarts.Contains(i) && !RuleSigns.Contains(line[i], StringComparison.Ordinal);
        }

        return isFrame ? over : 0;
    }

    // "My page ------- https://…"
    private bool LeadsToAddress(int at, int end)
    {
        if (at == 0 || end >= line.Length || line[at - 1] != ' ' || line[end] != ' ')
        {
            return false;
        }

        while (end < line.Length && line[end] == ' ')
        {
            end++;
        }

        return addressStarts.Contains(end);
    }

    private int RuleLength(int at)
    {
        var end = at;
        // "- - -"
        while (end + 2 < line.Length && line[end] == '-' && line[end + 1] == ' ' && line[end + 2] == '-' && !whole[end + 2])
        {
            end += 2;
        }

        if (end - at >= LeastRule - 1)
        {
            return end - at + 1;
        }

        end = at;
        while (end < line.Length && !whole[end] && RuleSigns.Contains(line[end], StringComparison.Ordinal))
        {
            end++;
        }

        // The last sign may be the bullet of the next line.
        return end - at > LeastRule && line[end - 1] != line[end - 2] ? end - at - 1 : end - at;
    }
}
