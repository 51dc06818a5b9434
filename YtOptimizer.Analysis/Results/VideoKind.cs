using System.Text.Json.Serialization;

namespace YtOptimizer.Analysis.Results;

/// <summary>What kind of video it is; each kind has conventions of its own for titles, descriptions, tags and thumbnails.</summary>
public enum VideoKind
{
    Other,

    /// <summary>A song with its official picture or sound.</summary>
    Music,

    /// <summary>A song or dance performed: live, cover, choreography.</summary>
    Performance,
    Tutorial,
    Recipe,
    Vlog,
    Comedy,
    News,
    Interview,
    Gaming,
    Trailer,
    Sports,
    Review,

    /// <summary>A talk, lecture or conference session.</summary>
    Talk,
    Kids,

    /// <summary>A Short; <see cref="KindInfo.About"/> says what it is about.</summary>
    [JsonStringEnumMemberName("short")]
    Shorts,
}
