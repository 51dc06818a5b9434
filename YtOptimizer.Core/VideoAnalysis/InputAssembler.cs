using System.Xml;
using Microsoft.Extensions.Options;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Transcripts;
using YtOptimizer.Core.Upstreams.YouTube;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>A video ready to be analysed, with the source of every field.</summary>
public sealed record AssembledInput(
    VideoInput Input,
    IReadOnlyDictionary<string, string> Provenance,
    string? ThumbnailUrl,
    bool Degraded,
    string? DegradedReason,
    DateTimeOffset? ApiDataExpiresAt,
    bool SuspiciousTranscript
);

/// <summary>Lays what the user sent over what the sources know, field by field, and refuses when there is nothing to analyse.</summary>
public sealed class InputAssembler(VideoMetadataSource source, Analyzer analyzer, IOptions<YouTubeOptions> youTube)
{
    public const string User = "user";
    public const string Derived = "derived";

    private const int TitleCodePoints = 100;

    /// <param name="request">What was sent.</param>
    /// <param name="limit">The computing time of the analysis, of which reading the transcript takes its part.</param>
    /// <param name="ct">Stops the look-up of the video.</param>
    /// <exception cref="AnalysisException">There is nothing to analyse, or the time is up; the message says what to do.</exception>
    public async Task<AssembledInput> AssembleAsync(AnalysisRequest request, DeadlineRun limit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(limit);
        var sent = request.Metadata ?? new SubmittedMetadata();
        var spoken = request.Transcript ?? sent.Transcript;
        var hasTitle = !string.IsNullOrWhiteSpace(sent.Title);
        var lookup = request.VideoId is null ? new VideoLookup() : await source.FindAsync(request.VideoId, needTitle: !hasTitle, ct);
        if (!hasTitle && string.IsNullOrWhiteSpace(lookup.Video?.Title) && string.IsNullOrWhiteSpace(spoken))
        {
            throw request.VideoId is null ? Empty(request.Kind) : Nothing(lookup);
        }

        // Before cue tags are stripped: they can hide an instruction.
        var clean = spoken is null
            ? null
            : limit.Run(() => TranscriptParser.IsStructured(spoken) ? spoken : PromptInjectionFilter.Lines(spoken));
        var transcript = string.IsNullOrWhiteSpace(clean) ? null : limit.Run(() => TranscriptParser.Parse(clean));
        if (transcript is { Text.Length: 0 } && !hasTitle && string.IsNullOrWhiteSpace(lookup.Video?.Title))
        {
            throw new AnalysisException(
                "transcript_too_short",
                "The transcript holds no readable words: it is empty, or a subtitle file none of whose cues can be read. Send it as SRT, "
                    + "WebVTT, SBV, ASS, MicroDVD, TTML, SAMI, YouTube's json3 or srv3, or plain text."
            );
        }

        return limit.Run(() => Lay(request, sent, transcript is { Text.Length: 0 } ? null : transcript, lookup)) with
        {
            SuspiciousTranscript = clean?.Length < spoken?.Length,
        };
    }

    private AssembledInput Lay(AnalysisRequest request, SubmittedMetadata sent, Transcript? transcript, VideoLookup lookup)
    {
        var provenance = new Dictionary<string, string>(StringComparer.Ordinal);
        var video = lookup.Video ?? new YouTubeVideo();

        T? Pick<T>(string field, T? fromUser, T? known, string? knownField = null)
        {
            var value = fromUser is string { Length: 0 } || fromUser is null ? known : fromUser;
            if (value is not null)
            {
                provenance[field] = Equals(value, fromUser) ? User : lookup.Sources.GetValueOrDefault(knownField ?? field, Derived);
            }

            return value;
        }

        var duration = Pick(
            "duration",
            sent.DurationSeconds is > 0 ? TimeSpan.FromSeconds(sent.DurationSeconds.Value) : (TimeSpan?)null,
            Duration(video.Duration)
        );
        var input = new VideoInput
        {
            Title = Pick("title", sent.Title?.Trim(), video.Title) ?? Pick("title", null, WorkingTitle(request, transcript))!,
            HasWorkingTitle = transcript is not null && video.Title is null && string.IsNullOrWhiteSpace(sent.Title),
            Description = Pick("description", sent.Description, video.Description) ?? "",
            Tags = Pick("tags", sent.Tags is { Count: > 0 } ? sent.Tags : null, video.Tags) ?? [],
            ChannelTitle = Pick("channelTitle", sent.ChannelTitle, video.ChannelTitle),
            Duration = duration,
            PublishedAt = video.PublishedAt,
            DeclaredLanguage = Pick(
                "language",
                sent.Language,
                video.DefaultAudioLanguage ?? video.DefaultLanguage,
                video.DefaultAudioLanguage is null ? "defaultLanguage" : "defaultAudioLanguage"
            ),
            Transcript = Pick("transcript", transcript, null),
            CategoryId = Pick("categoryId", null, video.CategoryId),
            Thumbnail = video.ThumbnailWidth is null
                ? null
                : new ThumbnailFacts { Width = video.ThumbnailWidth, Height = video.ThumbnailHeight },
            IsLive = video.LiveBroadcast is null ? null : video.LiveBroadcast != "none",
            MadeForKids = Pick("madeForKids", null, video.MadeForKids),
            HasCaptions = Pick("hasCaptions", null, video.HasCaptions),
        };
        return new AssembledInput(
            input,
            provenance,
            Pick("thumbnailUrl", null, video.ThumbnailUrl),
            lookup.Degraded,
            lookup.DegradedReason,
            provenance.Values.Any(value => value is not (User or Derived)) ? lookup.ExpiresAt : null,
            false
        );
    }

    /// <summary>Speech has no title: the file's name when it is made of words, else what the speaker talks about.</summary>
    private string WorkingTitle(AnalysisRequest request, Transcript? transcript)
    {
        // What is said in a file tells more than what the file is called.
        var spoken = transcript is null ? "" : analyzer.WorkingTitle(transcript);
        var name = Path.GetFileNameWithoutExtension(request.UploadName ?? "").Replace('_', ' ').Replace('-', ' ').Trim();
        return Shorten(string.IsNullOrWhiteSpace(spoken) ? name : spoken);
    }

    private static string Shorten(string text)
    {
        var runes = text.Trim().EnumerateRunes().ToList();
        if (runes.Count <= TitleCodePoints)
        {
            return text.Trim();
        }

        var cut = string.Concat(runes.Take(TitleCodePoints).Select(rune => rune.ToString()));
        var space = cut.LastIndexOf(' ');
        return space > TitleCodePoints / 2 ? cut[..space] : cut;
    }

    /// <summary>YouTube writes <c>P0D</c> while a stream is live: that is unknown, not zero.</summary>
    private static TimeSpan? Duration(string? iso)
    {
        try
        {
            return string.IsNullOrEmpty(iso) || XmlConvert.ToTimeSpan(iso) is not { Ticks: > 0 } duration ? null : duration;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Nobody need be asked, and trying again changes nothing.</summary>
    private static AnalysisException Empty(string kind) =>
        kind == AnalysisKinds.Video
            ? new AnalysisException(
                "video_id_missing",
                "This request names no video. Send the address of a YouTube video, or a title or a transcript."
            )
            : new AnalysisException(
                "transcript_too_short",
                "The transcript holds no readable words. Send it as SRT, WebVTT or plain text."
            );

    private AnalysisException Nothing(VideoLookup lookup)
    {
        const string Send = "Send metadata.title and metadata.description (and tags or a transcript, if you have them) with the request.";
        if (lookup.NotFound)
        {
            return new AnalysisException(
                "video_not_found",
                "YouTube shows no public video with this id: it is private, deleted or mistyped. Check the link. For an unpublished video: "
                    + char.ToLowerInvariant(Send[0])
                    + Send[1..]
            );
        }

        return youTube.Value.HasKey
            ? new AnalysisException(
                "metadata_unavailable",
                $"YouTube cannot be asked right now ({lookup.DegradedReason ?? "no answer"}). Try again later. To analyse now: "
                    + char.ToLowerInvariant(Send[0])
                    + Send[1..],
                isTransient: lookup.DegradedReason is not "quotaExceeded",
                retryAfter: null
            )
            : new AnalysisException(
                "metadata_unavailable",
                "Nothing is known about this video: no YouTube key is configured and YouTube's oEmbed service gave no answer. " + Send
            );
    }
}
