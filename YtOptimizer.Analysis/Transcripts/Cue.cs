namespace YtOptimizer.Analysis.Transcripts;

/// <summary>One cue as it stands in the file.</summary>
/// <param name="Start">Null when the file gives no readable time.</param>
/// <param name="Lines">Words, line by line, without markup.</param>
/// <param name="HasInnerTimes">Its words carry times of their own.</param>
internal sealed record Cue(TimeSpan? Start, TimeSpan? End, List<string> Lines, bool HasInnerTimes);
