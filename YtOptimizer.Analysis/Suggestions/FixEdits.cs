using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Descriptions;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>What the verdicts change, one edit a field, and what nobody but the creator can write.</summary>
internal sealed class FixEdits(
    Source source,
    ScoreCard card,
    ChapterSuggestion chapters,
    IReadOnlyList<string> hashtags,
    DescriptionSuggestion description,
    TagSuggestion tags
)
{
    private const double Poor = 0.3;
    private const double WellOpened = 0.45;
    private const int Quoted = 120;
    private const int Named = 60;
    private const int FewestLetters = 40;
    private const int ShownChapters = 4;

    public List<Edit> Write(IReadOnlyList<PartVerdict> verdicts, IReadOnlyList<TitleSuggestion> titles, Func<VideoInput, ScoreCard> score)
    {
        var changed = verdicts.Where(verdict => !verdict.Keep).Select(verdict => verdict.Part).ToHashSet(StringComparer.Ordinal);
        var edits = new List<Edit>();
        // The first title that the score does not fall by: what is put in place never scores lower.
        if (
            changed.Contains("title")
            && titles.FirstOrDefault(title => score(source.Input with { Title = title.Text }).Score >= card.Score) is { } title
        )
        {
            var action = $"Change the title to “{title.Text}”. {(title.Reasons is [var reason, ..] ? reason : "")}".TrimEnd();
            edits.Add(
                new Edit(0, "title", action, true, input => input with { Title = title.Text })
                {
                    Always = true,
                    Earns = !TellsLess(title.Text),
                    CheckId = "T2",
                }
            );
        }

        var after = card;
        if (description.Text != source.Input.Description && Actions(changed) is { Count: > 0 } actions)
        {
            after = score(source.Input with { Description = description.Text });
            edits.Add(
                new Edit(1, "description", string.Join(" ", actions), true, input => input with { Description = description.Text })
                {
                    Always = true,
                    First = source.SafeDescription.Length == 0,
                    CheckId =
                        changed.Contains("description") ? "D3"
                        : changed.Contains("chapters") ? "C"
                        : "H",
                }
            );
        }

        if (changed.Contains("tags"))
        {
            edits.Add(
                new Edit(2, "tags", TagChanges.Describe(source, tags.Tags), true, input => input with { Tags = tags.Tags })
                {
                    Always = true,
                    CheckId = "G",
                }
            );
        }

        edits.AddRange(Asked(after, changed));
        return edits;
    }

    // A shorter title that drops a name or a figure, or that only leaves words out, tells less.
    private bool TellsLess(string title)
    {
        var own = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var now = source.ContentStems(title).ToHashSet(StringComparer.Ordinal);
        var (old, folded) = (Folding.Fold(source.SafeTitle), Folding.Fold(title));
        var lost = own.Where(stem => !now.Contains(stem)).ToList();
        return lost.Count > 0 && now.IsSubsetOf(own)
            || lost.Exists(stem => stem.Any(char.IsDigit))
            || source.Main.Any(main =>
                old.Contains(main.Phrase.Key, StringComparison.Ordinal) && !folded.Contains(main.Phrase.Key, StringComparison.Ordinal)
            );
    }

    private List<string> Actions(HashSet<string> changed)
    {
        var own = source.SafeDescription;
        var actions = new List<string>();
        if (card.Violations.Any(violation => violation.Code is "description_too_long" or "angle_brackets"))
        {
            actions.Add("Bring the description within YouTube's limits; the suggested one is.");
        }

        if (own.Length == 0)
        {
            actions.Add("Use the suggested description: there is none yet.");
        }
        else if (DescriptionVerdict.NewOpening(own, description.Text) is { } opening)
        {
            actions.Add($"Open with “{Graphemes.TakeWords(opening, Quoted)}”: viewers see about 150 characters before “more”.");
        }

        var parted = GluedLines.Of(source);
        if (own.Length > 0 && DescriptionVerdict.IsParted(own, description.Text))
        {
            actions.Add(
                Markup.HasLink(own)
                    ? "Give links, credits and calls lines of their own, as in the suggested description."
                    : "Break the text into paragraphs, as in the suggested description."
            );
            if (parted.IsMostlyLeft)
            {
                actions.Add("Then set the other line breaks by hand: it could not be told where they were.");
            }
        }

        if (changed.Contains("chapters") && Chapters() is { } list)
        {
            actions.Add(list);
        }

        if (description.KeyPoints.FirstOrDefault(point => description.Text.Contains("• " + point, StringComparison.Ordinal)) is { } first)
        {
            actions.Add($"List what is said, first “{Graphemes.TakeWords(first, Quoted)}”: people skim before they watch.");
        }

        var added = hashtags
            .Where(tag =>
                description.Text.Contains(tag, StringComparison.Ordinal) && !own.Contains(tag, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        if (changed.Contains("hashtags") && added.Count > 0)
        {
            actions.Add($"Put {string.Join(' ', added)} at the end of the description.");
        }

        if (actions.Count == 0 && changed.Contains("description"))
        {
            actions.Add("Use the suggested description: chapters, paragraphs and hashtags are in order there.");
        }

        return actions;
    }

    private string? Chapters()
    {
        if (chapters.Chapters.Count == 0 || !description.Text.Contains(chapters.Chapters[^1].Title, StringComparison.Ordinal))
        {
            return null;
        }

        var list = string.Join(
            " · ",
            chapters.Chapters.Take(ShownChapters).Select(chapter => $"{ChapterList.Format(chapter.Start, false)} {chapter.Title}")
        );
        var more =
            chapters.Chapters.Count > ShownChapters
                ? FormattableString.Invariant($" and {chapters.Chapters.Count - ShownChapters} more.")
                : ".";
        return chapters.Status == ChapterStatus.Repaired
            ? $"Repair the chapter list, which YouTube does not take as it stands: {list}{more}"
            : $"Add chapters at the times of the transcript: {list}{more}";
    }

    private IEnumerable<Edit> Asked(ScoreCard after, HashSet<string> changed)
    {
        // Links and credits alone tell no viewer what the video shows.
        var bare = TextCleaner.Tidy(DescriptionLines.Prose(source.AboutText)).Count(char.IsLetter) < FewestLetters;
        if (changed.Contains("hashtags") && !hashtags.All(tag => description.Text.Contains(tag, StringComparison.OrdinalIgnoreCase)))
        {
            yield return Ask(5, "H", $"Put {string.Join(' ', hashtags)} at the end of the description.", false);
        }

        var opens = after.Of("D1") >= WellOpened;
        var poor = Lowest(after, "D1", "D2", "D4") ?? (bare ? Lowest(after, "T6") : null);
        if (poor is not null && (bare || !opens))
        {
            yield return Ask(3, poor, SentenceFor(), bare);
        }

        // What nobody but the creator can shorten or calm without losing something.
        if (card.Violations.FirstOrDefault(violation => violation.Code == "title_too_long") is { } refused)
        {
            yield return Ask(6, "T1", $"{refused.Message} Keep what the video is about and drop the rest.", true, "title");
        }
        else if (!changed.Contains("title") && Lowest(card, "T1", "T5") is { } form)
        {
            var check = card.Checks.First(check => check.Id == form);
            yield return Ask(6, form, $"Title: {check.Evidence} {check.Fix}", false, "title");
        }

        var parted = GluedLines.Of(source);
        if (!changed.Contains("description") && parted.Mended + parted.Left > 1 && Lowest(after, "D3") is { } structure)
        {
            yield return Ask(
                4,
                structure,
                "Set the line breaks again that the text seems to have lost: before links, credits and calls.",
                false
            );
        }
        else if (Lowest(after, "D3") is { } wall && !bare)
        {
            yield return Ask(
                4,
                wall,
                "Break the description into paragraphs of two to four sentences; give links lines of their own.",
                false
            );
        }
    }

    private string SentenceFor()
    {
        var advice =
            source.Kind.About == VideoKind.Other
                ? "who or what is seen, what happens, and why it is worth watching."
                : KindConventions.For(source.Kind.About).Advice[1];
        // One word seldom says which video it is.
        var subject = AskedPhrases.First(source)?.Surface ?? "";
        var named = subject.Contains(' ', StringComparison.Ordinal) ? subject : Graphemes.TakeWords(source.SafeTitle.Trim(), Named);
        var about = named.Length == 0 ? "what the video shows" : $"“{named}”";
        return $"Write one or two sentences on {about} and put them at the top of the description. What they should tell: {advice}";
    }

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
