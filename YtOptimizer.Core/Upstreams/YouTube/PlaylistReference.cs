using System.Diagnostics.CodeAnalysis;

namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>A playlist that the Data API can list, from a link with <c>list=</c> or a bare id.</summary>
/// <param name="Id">Begins with PL, UU, FL, EC or OLAK5uy_; letters, digits, - and _.</param>
public sealed record PlaylistReference(string Id)
{
    private const int Shortest = 12;
    private const int Longest = 64;

    private static readonly string[] Prefixes = ["PL", "UU", "FL", "EC", "OLAK5uy_"];

    public static bool TryParse(
        string? raw,
        [NotNullWhen(true)] out PlaylistReference? reference,
        [NotNullWhen(false)] out ListLinkError? error
    )
    {
        reference = null;
        if (ListLink.Clean(raw, "playlist", out error) is not { } text)
        {
            error ??= Invalid;
            return false;
        }

        var id = text;
        if (ListLink.TrySplit(text, out _, out var query, out error))
        {
            id = VideoLink.Parameter(query, "list") is { } named ? VideoLink.Trim(named) : "";
        }
        else if (error is not null)
        {
            return false;
        }

        error = Refusal(id);
        reference = error is null ? new PlaylistReference(id) : null;
        return error is null;
    }

    private static ListLinkError Invalid => new("playlist_invalid", "Give a playlist's link (youtube.com/playlist?list=PL…) or its id.");

    private static ListLinkError? Refusal(string id) =>
        id.Length == 0 ? new("playlist_id_missing", "The link names no playlist. Open the playlist and copy its link (…?list=PL…).")
        : id.Any(character => !VideoPage.IsIdCharacter(character)) ? Invalid
        : id is "WL" or "LL" or "LM"
            ? new("playlist_private", "Only its owner sees this list. Put the videos into a playlist of their own.")
        : id.StartsWith("RD", StringComparison.Ordinal)
            ? new("playlist_is_mix", "YouTube makes a mix anew for each viewer. Put the videos into a playlist of their own.")
        : id.Length is < Shortest or > Longest || !Prefixes.Any(prefix => id.StartsWith(prefix, StringComparison.Ordinal)) ? Invalid
        : null;
}
