namespace YtOptimizer.Tests.Features.Workflow.Thumbnails;

/// <summary>Words of one script for the templates' fields: a headline as creators write them, with marks and numbers.</summary>
internal sealed record Script(string Name, string Headline, string Subtitle, string Before, string After)
{
    public static readonly IReadOnlyList<Script> All =
    [
        new("latin", "I grew 40 kg of tomatoes on a balcony", "One summer, six pots, no garden", "Week 1", "Week 12"),
        new("arabic", "زرعت ٤٠ كيلو من الطماطم في الشرفة", "صيف واحد، ستة أصص، بلا حديقة", "قبل", "بعد"),
        new("devanagari", "बालकनी में उगाए 40 किलो टमाटर", "एक गर्मी, छह गमले, बिना बगीचे के", "पहले", "बाद में"),
        new("cjk", "在阳台上种出40公斤番茄的全过程", "一个夏天，六个花盆，没有花园", "第1周", "第12周"),
    ];

    public static Script Of(string name) => All.Single(script => script.Name == name);
}
