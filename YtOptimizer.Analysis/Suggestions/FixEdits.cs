using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Input;
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
    private const int Quoted = 120;
    private const int ShownColumns = 65;
    private const int ShownChapters = 4;
    private const int LongList = 12;

    /// <param name="verdicts">Part by part.</param>
    /// <param name="titles">Suggested, best first.</param>
    /// <param name="score">Scores a draft.</param>
    /// <param name="falls">Whether all suggestions together score lower by a title.</param>
    public List<Edit> Write(
        IReadOnlyList<PartVerdict> verdicts,
        IReadOnlyList<TitleSuggestion> titles,
        Func<VideoInput, ScoreCard> score,
        Func<TitleSuggestion, bool> falls
    )
    {
        var changed = verdicts.Where(verdict => !verdict.Keep).Select(verdict => verdict.Part).ToHashSet(StringComparer.Ordinal);
        var edits = new List<Edit>();
        // A title whose points fall is left to the creator's eye: it stands for what its reason says, and earns none.
        if (changed.Contains("title") && titles.Count > 0)
        {
            var title = titles[0];
            var uncounted = falls(title);
            var action =
                $"Change the title to “{title.Text}”. {(title.Reasons is [var reason, ..] ? TrueOf(title.Text, reason) : "")}".TrimEnd();
            edits.Add(
                new Edit(0, "title", action, true, input => uncounted ? input : input with { Title = title.Text })
                {
                    Always = true,
                    IsAsked = uncounted,
                    Stays = uncounted,
                    Uncounted = uncounted,
                    Earns = !TellsLess(title.Text),
                    Counts = id => id[0] is 'T' or 'N',
                    CheckId = "T2",
                }
            );
        }

        var after = card;
        var text = changed.Contains("hashtags") ? WithHashtags(description.Text) : description.Text;
        if (text != source.Input.Description && Actions(changed, text) is { Count: > 0 } actions)
        {
            after = score(source.Input with { Description = text });
            var opens = DescriptionVerdict.NewOpening(source.SafeDescription, description.Text) is not null;
            edits.Add(
                new Edit(1, "description", string.Join(" ", actions), true, input => input with { Description = text })
                {
                    Always = true,
                    First = source.SafeDescription.Length == 0,
                    Counts = TellsNew() ? null : id => id is "D3" or "C" or "H" || (id == "D1" && opens),
                    CheckId =
                        card.Violations.Count > 0 ? "D3"
                        : changed.Contains("description") ? "D3"
                        : changed.Contains("chapters") ? "C"
                        : "H",
                }
            );
        }

        if (changed.Contains("tags"))
        {
            edits.Add(
                new Edit(2, "tags", OfTags(), true, input => input with { Tags = tags.Tags })
                {
                    Always = true,
                    // Tags matter little: a change of a long list that shows no gain is in the list of tags, and no step of its own.
                    IsMinor = source.SafeTags.Count > LongList,
                    Counts = id => id == "G",
                    CheckId = "G",
                }
            );
        }

        edits.AddRange(
            new AskedFixes(source, card).Write(
                after,
                changed,
                source.SafeDescription.Length > 0 && DescriptionVerdict.NewOpening(source.SafeDescription, description.Text) is not null
            )
        );
        return edits;
    }

    // What a reason claims of the new title has to be seen in it.
    private string TrueOf(string title, string reason)
    {
        const string NoCapitals = "words in capitals";
        if (Graphemes.DisplayWidth(title) > ShownColumns && reason.Contains("read in full", StringComparison.Ordinal))
        {
            reason = reason
                .Replace(", read in full", ", shown but for its end", StringComparison.Ordinal)
                .Replace("is read in full", "is shown but for its end", StringComparison.Ordinal);
        }

        return
            reason.Contains(NoCapitals, StringComparison.Ordinal)
            && source.Tokens(title).Exists(token => token.Has(TokenFlags.AllCaps) && token.Length > 2)
            ? reason.Replace(NoCapitals, "most words in capitals", StringComparison.Ordinal)
            : reason;
    }

    private string OfTags() =>
        TagChanges.Describe(source, tags.Tags) is var changes && AskedFixes.StrangeTags(source, "Also ") is { } strange
            ? $"{changes} {strange}"
            : changes;

    // A shorter title that drops a name or a figure, or that only leaves words out, tells less; the channel's name stands under it, and a
    // picture's quality, an outcry or a hashtag tells nothing.
    private bool TellsLess(string title)
    {
        var own = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var now = source.ContentStems(title).ToHashSet(StringComparer.Ordinal);
        var (old, folded) = (Folding.Fold(source.SafeTitle), Folding.Fold(title));
        var empty = source
            .Tokens(source.SafeTitle)
            .Where(token => token.Has(TokenFlags.Hashtag) || TitleParser.IsQualifier(token.Folded) || PromisedWords.IsFrame(token.Folded))
            .Concat(source.Tokens(source.Input.ChannelTitle ?? ""))
            .Select(token => source.Stemming.Stem(token.Folded))
            .ToHashSet(StringComparer.Ordinal);
        var lost = own.Where(stem => !now.Contains(stem) && !empty.Contains(stem)).ToList();
        return lost.Count > 0 && now.IsSubsetOf(own)
            || lost.Exists(stem => stem.Any(char.IsDigit))
            || source.Main.Any(main =>
                old.Contains(main.Phrase.Key, StringComparison.Ordinal)
                && !folded.Contains(main.Phrase.Key, StringComparison.Ordinal)
                && !Array.TrueForAll(main.Phrase.Candidate.Words, word => empty.Contains(source.Stemming.Stem(word)))
            );
    }

    private bool TellsNew() =>
        (source.SafeDescription.Length == 0 && !DescriptionVerdict.IsOnlyHashtags(description.Text))
        || description.KeyPoints.Any(point => description.Text.Contains("• " + point, StringComparison.Ordinal));

    // Where the suggested description came without them, they stand behind it.
    private string WithHashtags(string text)
    {
        var missing = hashtags.Where(tag => !text.Contains(tag, StringComparison.OrdinalIgnoreCase)).ToList();
        return missing.Count == 0 ? text
            : text.Length == 0 ? string.Join(' ', missing)
            : text.TrimEnd() + "\n\n" + string.Join(' ', missing);
    }

    private List<string> Actions(HashSet<string> changed, string text)
    {
        var own = source.SafeDescription;
        var actions = new List<string>();
        if (card.Violations.Any(violation => violation.Code == "description_too_long"))
        {
            actions.Add("Use the suggested description: YouTube refuses yours, which has more than 5,000 characters.");
        }
        else if (own.AsSpan().IndexOfAny('<', '>') >= 0 && text.AsSpan().IndexOfAny('<', '>') < 0)
        {
            var signs = LimitChecks.AngleBrackets(source.Input with { Title = "" });
            actions.Add($"Use the suggested description: YouTube refuses yours for its {signs}, written otherwise there.");
        }

        if (own.Length == 0 && description.Text.Length > 0 && !DescriptionVerdict.IsOnlyHashtags(description.Text))
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
            .Where(tag => text.Contains(tag, StringComparison.Ordinal) && !own.Contains(tag, StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (changed.Contains("hashtags") && added.Count > 0)
        {
            actions.Add(
                $"Put {string.Join(' ', added)} {(own.Length > 0 && EndsWith(text, added) ? "at the end of" : "into")} the description: "
                    + "YouTube shows them with the title."
            );
        }

        if (actions.Count == 0 && changed.Contains("description"))
        {
            actions.Add("Use the suggested description: chapters, paragraphs and hashtags are in order there.");
        }

        return actions;
    }

    private static bool EndsWith(string text, List<string> hashtags) =>
        text[(text.TrimEnd().LastIndexOf('\n') + 1)..] is var last
        && hashtags.TrueForAll(tag => last.Contains(tag, StringComparison.Ordinal));

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
}
