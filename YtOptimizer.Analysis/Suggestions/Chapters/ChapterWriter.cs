using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;

namespace YtOptimizer.Analysis.Suggestions.Chapters;

/// <summary>The chapters to show: the creator's own when they work, repaired when they do not, else from a timed transcript. Never
/// invented.</summary>
internal static class ChapterWriter
{
    /// <param name="parted">The lines of a description that has lost its line breaks; empty where it has not.</param>
    public static ChapterSuggestion Write(Source source, IReadOnlyList<string> parted)
    {
        var input = source.Input;
        if (input.IsShort == true || input.IsLive == true)
        {
            return new ChapterSuggestion { Status = ChapterStatus.NotApplicable, NeedsTimedTranscript = false };
        }

        var own = ChapterList.Parse(source.SafeDescription).Select(line => new Chapter(line.Start, line.Label)).ToList();
        var problems = own.Count >= 2 ? ChapterList.Validate(own, input.Duration) : [];
        if (own.Count >= 2 && problems.Count == 0)
        {
            return new ChapterSuggestion
            {
                Chapters = own,
                Status = ChapterStatus.Valid,
                NeedsTimedTranscript = false,
            };
        }

        if (own.Count >= 2 && ChapterList.Repair(own, input.Duration, source.Template.Intro) is { } repaired)
        {
            return new ChapterSuggestion
            {
                Chapters = repaired,
                Status = ChapterStatus.Repaired,
                NeedsTimedTranscript = false,
                Problems = problems,
            };
        }

        if (own.Count < ChapterList.Fewest && Parted(source, parted) is { } list)
        {
            return new ChapterSuggestion
            {
                Chapters = list,
                Status = ChapterStatus.Repaired,
                NeedsTimedTranscript = false,
                Problems = problems,
            };
        }

        if (ChapterDeriver.Derive(source) is { } derived)
        {
            return new ChapterSuggestion
            {
                Chapters = derived,
                Status = ChapterStatus.Derived,
                NeedsTimedTranscript = false,
                Problems = problems,
            };
        }

        return new ChapterSuggestion
        {
            Status = ChapterStatus.NotAvailable,
            NeedsTimedTranscript = input.Transcript?.IsTimed != true,
            Problems = problems,
        };
    }

    // The list of a text that has lost its line breaks, one entry to a line again; nothing of it is left out.
    private static List<Chapter>? Parted(Source source, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return null;
        }

        var lost = ChapterList.Parse(string.Join('\n', lines)).Select(line => new Chapter(line.Start, line.Label)).ToList();
        return lost.Count < ChapterList.Fewest ? null
            : ChapterList.Validate(lost, source.Input.Duration).Count == 0 ? lost
            : ChapterList.Repair(lost, source.Input.Duration, source.Template.Intro) is { } repaired && repaired.Count >= lost.Count
                ? repaired
            : null;
    }
}
