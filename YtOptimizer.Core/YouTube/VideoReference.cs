namespace YtOptimizer.Core.YouTube;

public sealed record VideoReference(string Id)
{
    public string CanonicalUrl => $"https://www.youtube.com/watch?v={Id}";

    public static (VideoReference? Video, string? Code, string? Message) Parse(string text)
    {
        var match = System.Text.RegularExpressions.Regex.Match(text, @"^https?://(?:www\.|m\.)?(?:youtube\.com/watch\?v=|youtu\.be/)(?<id>[A-Za-z0-9_-]{11})(?:[&?#].*)?$", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return match.Success ? (new VideoReference(match.Groups["id"].Value), null, null) : (null, "invalid_url", "This is not the address of a YouTube video.");
    }
}
