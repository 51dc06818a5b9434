using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;

namespace YtOptimizer.Analysis.Suggestions.Chapters;

/// <summary>The chapters to show: the creator's own when they work, repaired when they do not, else from a timed transcript. Never
/// invented.</summary>
internal static class ChapterWriter
{
    public static ChapterSuggestion Write(Source source)
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
}
