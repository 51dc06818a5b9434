using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>The workflow's twenty category names: YouTube's own category where it is known, else the kind of video that the text
/// shows.</summary>
internal static class Categories
{
    private static readonly Dictionary<string, string> ByYouTube = new(StringComparer.Ordinal)
    {
        ["1"] = "Entertainment",
        ["10"] = "Music",
        ["15"] = "Lifestyle",
        ["17"] = "Sports",
        ["18"] = "Entertainment",
        ["19"] = "Travel",
        ["20"] = "Gaming",
        ["21"] = "Vlog",
        ["22"] = "Vlog",
        ["23"] = "Comedy",
        ["24"] = "Entertainment",
        ["25"] = "News",
        ["26"] = "Tutorial",
        ["27"] = "Education",
        ["28"] = "Technology",
        ["29"] = "Education",
        ["30"] = "Entertainment",
        ["35"] = "Documentary",
    };

    public static string Of(string? youTubeCategory, ContentType type) =>
        type switch
        {
            ContentType.Review => "Review",
            ContentType.HowTo when youTubeCategory is null or "22" or "26" or "27" => "Tutorial",
            _ when youTubeCategory is not null && ByYouTube.TryGetValue(youTubeCategory, out var name) => name,
            ContentType.Music => "Music",
            ContentType.Game => "Gaming",
            ContentType.News => "News",
            ContentType.Vlog => "Vlog",
            ContentType.Talk => "Education",
            _ => "General",
        };
}
