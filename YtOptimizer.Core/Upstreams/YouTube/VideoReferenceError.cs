namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>Why a text is not a reference to one video. Codes are stable (snake_case of the name).</summary>
public enum VideoReferenceError
{
    None,
    Empty,
    TooLong,
    MissingId,
    InvalidId,
    InvalidIdLength,
    PlaylistOnly,
    EmbedPlaylist,
    LiveStreamEmbed,
    Channel,
    Handle,
    User,
    Search,
    Clip,
    ForeignHost,
    CredentialsOrPort,
    SeveralVideos,
    NotAReference,
}

public static class VideoReferenceErrors
{
    /// <summary>The stable code of an error for API answers.</summary>
    public static string Code(this VideoReferenceError error) =>
        error switch
        {
            VideoReferenceError.None => "none",
            VideoReferenceError.Empty => "video_reference_empty",
            VideoReferenceError.TooLong => "video_reference_too_long",
            VideoReferenceError.MissingId => "video_id_missing",
            VideoReferenceError.InvalidId => "video_id_invalid",
            VideoReferenceError.InvalidIdLength => "video_id_length",
            VideoReferenceError.PlaylistOnly => "playlist_not_video",
            VideoReferenceError.EmbedPlaylist => "embedded_playlist_not_video",
            VideoReferenceError.LiveStreamEmbed => "channel_live_stream_not_video",
            VideoReferenceError.Channel => "channel_not_video",
            VideoReferenceError.Handle => "handle_not_video",
            VideoReferenceError.User => "user_not_video",
            VideoReferenceError.Search => "search_not_video",
            VideoReferenceError.Clip => "clip_not_supported",
            VideoReferenceError.ForeignHost => "host_not_youtube",
            VideoReferenceError.CredentialsOrPort => "url_with_credentials_or_port",
            VideoReferenceError.SeveralVideos => "several_videos",
            _ => "video_reference_invalid",
        };

    /// <summary>What is wrong and what to give instead.</summary>
    public static string Explain(this VideoReferenceError error) =>
        error switch
        {
            VideoReferenceError.Empty => "Give a YouTube link or a video id.",
            VideoReferenceError.TooLong => "The link has more than 2,048 characters. Give the short link (youtu.be/…) instead.",
            VideoReferenceError.MissingId => "The link holds no video id. Open the video and copy its link.",
            VideoReferenceError.InvalidId => "The video id holds characters that ids do not have. Copy the link again.",
            VideoReferenceError.InvalidIdLength =>
                "A video id has 11 characters. Copy the link again; a character may be missing or doubled.",
            VideoReferenceError.PlaylistOnly => "This is a playlist. Open one of its videos and copy that link.",
            VideoReferenceError.EmbedPlaylist => "This embeds a playlist. Give the link of one video.",
            VideoReferenceError.LiveStreamEmbed => "This embeds whatever a channel streams at the moment. Give the link of one video.",
            VideoReferenceError.Channel => "This is a channel. Give the link of one of its videos.",
            VideoReferenceError.Handle => "This is a channel's handle. Give the link of one of its videos.",
            VideoReferenceError.User => "This is a user's page. Give the link of one of its videos.",
            VideoReferenceError.Search => "This is a search page. Give the link of one video.",
            VideoReferenceError.Clip => "Clips do not name their video. Open the full video and copy its link.",
            VideoReferenceError.ForeignHost => "This is not a YouTube address. Give a link of youtube.com or youtu.be.",
            VideoReferenceError.CredentialsOrPort => "Links with a user name, password or port are refused. Give the plain link.",
            VideoReferenceError.SeveralVideos => "The text holds links to several videos. Give the link of one.",
            _ => "This is neither a YouTube link nor a video id.",
        };
}
