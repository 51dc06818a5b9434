using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Descriptions;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>What only the creator can write, shorten or decide: each request says what, where and with which words.</summary>
internal sealed class AskedFixes(Source source, ScoreCard card)
{
    private const double Poor = 0.5;
    private const double PoorOpening = 0.6;
    private const double GoodOpening = 0.85;
    private const double Rich = 0.75;
    private const double WellOpened = 0.45;
    private const int MostListed = 4;
    private const int ShownColumns = 65;
    private const int ShortTitle = 25;
    private const int ShortestCopied = 12;

    /// <param name="after">With the suggested description.</param>
    /// <param name="changed">Parts that the verdicts change.</param>
    /// <param name="opened">The suggested description has a new opening.</param>
    public IEnumerable<Edit> Write(ScoreCard after, HashSet<string> changed, bool opened)
    {
        // Links and credits alone tell no viewer what the video shows.
        var bare = DescriptionChecks.IsBare(source);
        var copies = Copies();
        if (DescriptionChecks.NeedsText(source) && Poorest(after, opened) is { } poor)
        {
            // The sentences that are asked for mend all four.
            var top = bare || (after.Of("D1") < WellOpened && !opened);
            yield return Ask(
                3,
                poor == "D4" ? "D2" : poor,
                !bare && !opened && Rather(after, poor) is { } rather ? rather
                    : top ? SentenceFor(bare, copies)
                    : MoreOn(copies),
                bare
            );
        }
        else if (!DescriptionChecks.NeedsText(source) && string.IsNullOrWhiteSpace(source.OwnDescription))
        {
            yield return Ask(3, "D3", $"Put a line or two under the video: {AskedText.Listed(source)}.", false);
        }
        else if (copies > 1)
        {
            yield return Ask(
                3,
                "D4",
                FormattableString.Invariant($"Delete the {copies} copies of the title in the description: ")
                    + "the title stands right above, and repeated text says nothing to viewers.",
                false
            ) with
            {
                Stays = true,
            };
        }

        foreach (var edit in OfTitle(changed.Contains("title")))
        {
            yield return edit;
        }

        if (!changed.Contains("tags") && Lowest(card, "G") is not null && StrangeTags(source, "Tags: ") is { } tags)
        {
            yield return Ask(7, "G", tags, false, "tags");
        }
        else if (!changed.Contains("tags") && OfTags() is { } added)
        {
            yield return Ask(7, "G", added, false, "tags");
        }

        var parted = GluedLines.Of(source);
        if (Lowest(after, "D3") is not { } structure || bare || string.IsNullOrWhiteSpace(source.OwnDescription))
        {
            yield break;
        }

        if (!changed.Contains("description") && parted.Mended + parted.Left > 1)
        {
            yield return Ask(
                4,
                structure,
                "Set the line breaks again that the text seems to have lost: before links, credits and calls.",
                false
            );
        }
        else if (!changed.Contains("description"))
        {
            yield return Ask(
                4,
                structure,
                "Break the description into paragraphs of two to four sentences; give links lines of their own.",
                false
            );
        }
    }

    // What the check of the tags misses.
    private string? OfTags()
    {
        if (card.Checks.FirstOrDefault(check => check is { Id: "G", Applicable: true }) is not { } tags)
        {
            return null;
        }

        return source.SafeTags.Count == 0
                ? "Tags: there are none. Add two or three names or spellings by which people search for this video; they matter little."
            : TagsCheck.IsAdvice(tags.Fix) ? $"Tags: {char.ToLowerInvariant(tags.Fix[0])}{tags.Fix[1..]}"
            : null;
    }

    // What nobody but the creator can shorten or calm without losing something.
    private IEnumerable<Edit> OfTitle(bool isChanged)
    {
        if (card.Violations.FirstOrDefault(violation => violation.Code == "title_too_long") is { } refused)
        {
            // A shorter title that is suggested settles it.
            if (!isChanged || source.SafeTitle.Length == 0)
            {
                yield return Ask(6, "T1", $"{refused.Message} {LongTitle.Advice(source)}", true, "title");
            }

            yield break;
        }

        if (source.SafeTitle.Length == 0)
        {
            yield return Ask(6, "T1", "Write a title: who or what is seen and what happens, in 25 to 65 columns.", true, "title");
            yield break;
        }

        if (!isChanged && Lowest(card, "T1", "T4", "T5") is { } form && OfForm(form) is { } action)
        {
            yield return Ask(6, form, action, false, "title");
        }
    }

    private string? OfForm(string form)
    {
        var title = source.SafeTitle.Trim();
        var check = card.Checks.First(check => check.Id == form);
        return form switch
        {
            "T1" when Graphemes.DisplayWidth(title) > ShownColumns => LongTitle.Advice(source),
            "T1" when Graphemes.DisplayWidth(title) < ShortTitle =>
                $"Title: “{title}” says little to those who do not know you. Add who or what is seen, or where it is.",
            "T5" => $"Title: {check.Evidence} {check.Fix}",
            _ => Separators(title),
        };
    }

    private string? Separators(string title)
    {
        var parts = TitleSegments.Split(title, source);
        if (TitleForm.Separators(title) < 2 || parts.Count < 3)
        {
            return null;
        }

        var least = parts.Skip(1).LastOrDefault(part => !LongTitle.IsNeeded(source, part.Text)).Text;
        return FormattableString.Invariant(
                $"Title: it falls into {parts.Count} parts. Keep the two that say most to somebody who searches; "
            ) + $"the others{(least is { Length: > 0 } ? $", such as “{least}”," : "")} can stand in the first line of the description.";
    }

    private string SentenceFor(bool bare, int copies)
    {
        if (copies <= 1 && ReadySentence.Move(source) is { } ready)
        {
            return $"{ready} {AskedText.Content(source, bare)}".TrimEnd();
        }

        var what =
            copies > 1
                ? FormattableString.Invariant($"The description repeats the title {copies} times: delete the copies and write one or two ")
                    + $"sentences on {AskedText.Subject(source)} in their place."
                : $"Write one or two sentences on {AskedText.Subject(source)} at the very top of the description.";
        return string.Join(' ', new[] { what, Below(), AskedText.Content(source, bare) }.Where(text => text.Length > 0));
    }

    private string MoreOn(int copies)
    {
        var opens = card.Of("D1") >= GoodOpening || AboutSentence.Find(source) is { Opens: true };
        var what =
            $"Add two or three sentences on {AskedText.Subject(source)} "
            + (opens ? "below the first sentence of the description" : "at the very top of the description")
            + (copies > 1 ? FormattableString.Invariant($", in place of the {copies} copies of the title.") : ".");
        return string.Join(' ', new[] { what, Below(), AskedText.Content(source, false) }.Where(text => text.Length > 0));
    }

    // What a description begins with instead of its video, as its check quotes it.
    private string Below()
    {
        const string Begins = "It begins with ";
        var seen = card.Checks.FirstOrDefault(check => check is { Id: "D1", Applicable: true })?.Evidence ?? "";
        return seen.StartsWith(Begins, StringComparison.Ordinal)
            ? $"Move what stands first now, {seen[Begins.Length..].TrimEnd('.')}, below that."
            : "";
    }

    // A description that tells enough and does not begin with it, or takes up no word of the title.
    private string? Rather(ScoreCard after, string poor)
    {
        if (poor is not ("D1" or "T6") || after.Of("D2") < Rich)
        {
            return null;
        }

        return AskedText.Untold(source) is { Length: > 0 } untold ? TakeUp(untold)
            : poor == "D1" && ReadySentence.Move(source) is { } ready ? ready
            : $"Let the description begin with a sentence on {AskedText.Subject(source)}. {Below()}".TrimEnd();
    }

    private static string TakeUp(string untold) =>
        $"Say something on {untold} in a sentence at the very top of the description: the title names it, and no sentence does.";

    // How often the description holds the title.
    private int Copies()
    {
        var title = source.SafeTitle.Trim();
        var count = 0;
        for (
            var at = title.Length < ShortestCopied ? -1 : source.SafeDescription.IndexOf(title, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = source.SafeDescription.IndexOf(title, at + title.Length, StringComparison.OrdinalIgnoreCase)
        )
        {
            count++;
        }

        return count;
    }

    /// <summary>Asks to look through the tags that neither title nor description bear out; whether they fit the video only its creator
    /// knows. Null where most are borne out.</summary>
    public static string? StrangeTags(Source source, string opening)
    {
        var strange = DescriptionChecks.IsBare(source) ? [] : source.SafeTags.Where(tag => TagsCheck.IsStrange(source, tag)).ToList();
        if (strange.Count * 2 <= source.SafeTags.Count)
        {
            return null;
        }

        var more = strange.Count > MostListed ? FormattableString.Invariant($" and {strange.Count - MostListed} more") : "";
        return $"{opening}look through {string.Join(", ", strange.Take(MostListed).Select(tag => $"“{tag}”"))}{more}, which have no "
            + "word of title or description. Keep who or what is in this video, and take out the others.";
    }

    // What weighs more is asked for sooner; where an opening is suggested, no other is asked for.
    private static string? Poorest(ScoreCard after, bool opened) =>
        after
            .Checks.Where(check =>
                check is { Applicable: true, Id: "D1" or "T6" or "D2" or "D4" }
                && !(opened && check.Id == "D1")
                && check.Score < (check.Id is "D1" or "T6" ? PoorOpening : Poor)
            )
            .MinBy(check => check.Score)
            ?.Id;

    private static string? Lowest(ScoreCard after, params string[] checks) =>
        after.Checks.Where(check => check.Applicable && check.Score < Poor && checks.Contains(check.Id)).MinBy(check => check.Score)?.Id;

    private static Edit Ask(int order, string check, string action, bool first, string field = "description") =>
        new(order, field, action, false, input => input)
        {
            Always = true,
            IsAsked = true,
            First = first,
            CheckId = check,
        };
}
