using YtOptimizer.Analysis.Input;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>How the creator wants the output. Null language means: follow the video.</summary>
public sealed record OutputPreferences
{
    /// <summary>ISO 639-1.</summary>
    public string? Language { get; init; }

    public string? Tone { get; init; }

    public string? ThumbnailStyle { get; init; }

    public string? ImageStyle { get; init; }

    public string? CustomInstructions { get; init; }

    public AnalysisOptions ToOptions() =>
        new()
        {
            OutputLanguage = Language,
            Tone = Tone,
            ThumbnailStyle = ThumbnailStyle,
            ImageStyle = ImageStyle,
        };
}

/// <summary>Precedence: override of the request → saved preference → the video's own language and a neutral tone.</summary>
public sealed class PreferenceReader(Db db)
{
    private const string Sql = """
        SELECT language, tone, thumbnail_style, image_style, custom_instructions FROM user_content_preferences WHERE user_id = @userId
        """;

    /// <summary>Names that clients use where a code is expected.</summary>
    private static readonly Dictionary<string, string> LanguageNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["english"] = "en",
        ["spanish"] = "es",
        ["french"] = "fr",
        ["german"] = "de",
        ["italian"] = "it",
        ["portuguese"] = "pt",
        ["russian"] = "ru",
        ["japanese"] = "ja",
        ["chinese"] = "zh",
        ["arabic"] = "ar",
        ["korean"] = "ko",
        ["hindi"] = "hi",
        ["dutch"] = "nl",
        ["polish"] = "pl",
        ["turkish"] = "tr",
        ["indonesian"] = "id",
    };

    public async Task<OutputPreferences> ReadAsync(Guid userId, string? language, string? tone, CancellationToken ct)
    {
        var saved = await db.FirstOrDefaultAsync<OutputPreferences>(Sql, new { userId }, ct) ?? new OutputPreferences();
        return saved with
        {
            Language = LanguageCode(OverrideOf(language)) ?? LanguageCode(saved.Language),
            Tone = Nothing(OverrideOf(tone)) ?? Nothing(saved.Tone),
        };
    }

    /// <summary>
    /// The single-page app sends these two constants with every analysis and offers no way to change them: they are no wish of the user,
    /// and must not push aside what was saved nor translate a Korean video.
    /// </summary>
    private static string? OverrideOf(string? value) => value is "english" or "Professional & Authoritative" ? null : value;

    private static string? LanguageCode(string? value)
    {
        var text = value?.Trim() ?? "";
        if (LanguageNames.TryGetValue(text, out var code))
        {
            return code;
        }

        var primary = text.Split('-', '_')[0];
        return primary.Length is 2 or 3 && primary.All(char.IsAsciiLetter) ? primary.ToLowerInvariant() : null;
    }

    private static string? Nothing(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
