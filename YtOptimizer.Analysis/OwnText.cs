using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Analysis;

/// <summary>Texts somebody has written for a video; null means: not given, nothing is said about it.</summary>
public sealed record OwnText
{
    public string? Title { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }
}

/// <summary>What the rules say about one text.</summary>
/// <param name="Part">title, description or tag.</param>
/// <param name="Text">The text as it was given.</param>
/// <param name="Accepted">True where nothing speaks against it.</param>
/// <param name="Reasons">Why it is refused, one for each finding; empty when it is accepted.</param>
public sealed record TextVerdict(string Part, string Text, bool Accepted, IReadOnlyList<GuardViolation> Reasons);

/// <summary>What the rules say about a person's own texts for a video.</summary>
/// <param name="Accepted">True where every text is accepted.</param>
/// <param name="ScoreBefore">0–100, of the video as it is.</param>
/// <param name="ScoreAfter">0–100, of the video with these texts.</param>
/// <param name="Verdicts">One for each text: title, description, then each tag.</param>
public sealed record Judgement(bool Accepted, double ScoreBefore, double ScoreAfter, IReadOnlyList<TextVerdict> Verdicts)
{
    /// <summary>As many tags as are looked at.</summary>
    public const int MostTags = 100;

    /// <summary>
    /// Judges texts by the rules that suggestions must pass: whatever they say is in the video's title, description, tags or transcript;
    /// language and YouTube's limits are kept.
    /// </summary>
    /// <param name="analyzer">Scores the video.</param>
    /// <param name="video">The sources.</param>
    /// <param name="own">What to judge.</param>
    public static Judgement Of(Analyzer analyzer, VideoInput video, OwnText own)
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        ArgumentNullException.ThrowIfNull(video);
        ArgumentNullException.ThrowIfNull(own);
        var session = new SuggestionGuard(analyzer).For(video);
        var verdicts = new List<TextVerdict>();
        void Add(string part, string text, IReadOnlyList<GuardViolation> found)
        {
            // Keeping the present text is no fault.
            GuardViolation[] reasons = [.. found.Where(violation => violation.Code != "same_as_original")];
            verdicts.Add(new TextVerdict(part, text, reasons.Length == 0, reasons));
        }

        if (own.Title is { } title)
        {
            Add("title", title, session.CheckTitle(title).Violations);
        }

        if (own.Description is { } description)
        {
            Add("description", description, session.CheckDescription(description).Violations);
        }

        foreach (var tag in (own.Tags ?? []).Take(MostTags))
        {
            Add("tag", tag, session.CheckTag(tag).Violations);
        }

        var draft = video with
        {
            Title = own.Title ?? video.Title,
            Description = own.Description ?? video.Description,
            Tags = own.Tags ?? video.Tags,
        };
        return new Judgement(verdicts.TrueForAll(verdict => verdict.Accepted), analyzer.ScoreOf(video), analyzer.ScoreOf(draft), verdicts);
    }
}
