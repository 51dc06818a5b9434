namespace YtOptimizer.Analysis.Results;

/// <param name="Part">title, description, tags, hashtags, chapters; thumbnails where there is no idea.</param>
/// <param name="Keep">True where nothing suggested is better than what is there.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record PartVerdict(string Part, bool Keep, string Reason);
