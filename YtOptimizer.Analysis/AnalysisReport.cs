using System.Globalization;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Analysis;

/// <summary>A result as text for people, for command lines. Programs read <see cref="AnalysisJson"/>.</summary>
public static class AnalysisReport
{
    /// <param name="Start">"1:05" or "1:02:03", as in a description.</param>
    /// <param name="Seconds">The same as a number.</param>
    /// <param name="Title">What the chapter is called.</param>
    public sealed record ChapterLine(string Start, double Seconds, string Title);

    /// <summary>The chapters of a result, as they are pasted into a description.</summary>
    public static IEnumerable<ChapterLine> Chapters(AnalysisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var chapters = result.Chapters.Chapters;
        var hours = chapters.Count > 0 && chapters[^1].Start >= TimeSpan.FromHours(1);
        return chapters.Select(chapter => new ChapterLine(
            ChapterList.Format(chapter.Start, hours),
            chapter.Start.TotalSeconds,
            chapter.Title
        ));
    }

    /// <summary>Why a result has no chapters.</summary>
    public static string WhyNoChapters(AnalysisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Chapters.NeedsTimedTranscript ? "No times are known: give a timed transcript (.srt, .vtt, .sbv) to get chapters."
            : result.Chapters.Status == ChapterStatus.NotApplicable ? "Videos like this one have no chapters."
            : "The text does not fall into at least three parts of 10 seconds or more.";
    }

    public static void Write(TextWriter output, AnalysisResult result)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(result);
        Line(output, $"Score {result.Score} of 100 (confidence {result.Confidence:P0}, {result.Language.Code}, {result.ContentType}).");
        output.WriteLine("It says how much of our checklist the text meets; it does not forecast views.");
        foreach (var warning in result.Warnings)
        {
            output.WriteLine($"Note: {warning.Message}");
        }

        Section(
            output,
            "What to change first",
            result.Fixes.Select(fix => string.Create(CultureInfo.InvariantCulture, $"{fix.ScoreBefore} → {Reached(fix)}  {fix.Action}"))
        );
        Section(
            output,
            "Titles",
            result.Titles.Select(title => $"{title.Text}  ({(title.Style == TitleStyle.Searchable ? "searchable" : "intriguing")})")
        );
        Section(output, "Description", result.Description.Text.Split('\n'));
        Section(
            output,
            string.Create(CultureInfo.InvariantCulture, $"Tags ({result.Tags.TotalLength} of 500)"),
            Joined(", ", result.Tags.Tags)
        );
        Section(output, "Hashtags", Joined(" ", result.Hashtags));
        var chapters = Chapters(result).Select(chapter => $"{chapter.Start} {chapter.Title}").ToList();
        Section(output, "Chapters", chapters.Count > 0 ? chapters : [WhyNoChapters(result)]);
        var keywords = result.Keywords.Primary.Concat(result.Keywords.Secondary).Concat(result.Keywords.LongTail);
        Section(output, "Keywords", Joined(", ", keywords.Select(keyword => keyword.Phrase)));
        Section(
            output,
            "Thumbnail ideas",
            result.ThumbnailIdeas.Select(idea => $"{idea.Archetype}: {Words(idea)}, {idea.ColorScheme}. {idea.Concept}")
        );
        Section(
            output,
            "Checks",
            result
                .Checks.Where(check => check.Applicable)
                .Select(check =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{check.Id, -2} {check.Score, 5:P0}  {check.Title}: {check.Evidence} {check.Fix}"
                    )
                )
        );
    }

    // What only the creator can write shows what it can bring.
    private static string Reached(Fix fix) =>
        fix.ScoreUpTo is { } top && top > fix.ScoreAfter
            ? string.Create(CultureInfo.InvariantCulture, $"up to {top}")
            : fix.ScoreAfter.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Joined(string between, IEnumerable<string> parts) =>
        string.Join(between, parts) is { Length: > 0 } line ? [line] : [];

    // A part without anything is left out.
    private static void Section(TextWriter output, string heading, IEnumerable<string> lines)
    {
        var first = true;
        foreach (var line in lines)
        {
            if (first)
            {
                output.WriteLine();
                output.WriteLine(heading);
                first = false;
            }

            output.WriteLine($"  {line}".TrimEnd());
        }
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static string Words(ThumbnailIdea idea) => idea.OverlayText.Length > 0 ? $"“{idea.OverlayText}”" : "no words";
}
