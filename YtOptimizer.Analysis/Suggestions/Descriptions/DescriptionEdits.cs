namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>What a rewrite may touch.</summary>
[Flags]
internal enum DescriptionEdits
{
    None = 0,
    Opening = 1,
    KeyPoints = 2,
    Chapters = 4,
    Hashtags = 8,
    Paragraphs = 16,
    All = Opening | KeyPoints | Chapters | Hashtags | Paragraphs,
}
