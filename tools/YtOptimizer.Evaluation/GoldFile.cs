using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace YtOptimizer.Evaluation;

/// <summary>A text with the fault that was planted in it.</summary>
internal sealed record FaultyText
{
    public string Text { get; init; } = "";

    public string Fault { get; init; } = "";
}

/// <summary>What an editor would and would not publish for one video.</summary>
internal sealed record GoldEntry
{
    public string Id { get; init; } = "";

    public string Language { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Subject { get; init; } = "";

    public bool KeepOriginalTitle { get; init; }

    public IReadOnlyList<string> GoodTitles { get; init; } = [];

    public IReadOnlyList<FaultyText> BadTitles { get; init; } = [];

    public string? Description { get; init; }

    public FaultyText? BadDescription { get; init; }

    public IReadOnlyList<string> GoodTags { get; init; } = [];

    public IReadOnlyList<FaultyText> BadTags { get; init; } = [];

    public IReadOnlyList<string> Overlays { get; init; } = [];
}

/// <param name="Entries">The usable lines, in their order.</param>
/// <param name="Skipped">Lines that cannot be read, each with its number and the reason.</param>
internal sealed record GoldFile(IReadOnlyList<GoldEntry> Entries, IReadOnlyList<string> Skipped)
{
    private static readonly JsonSerializerOptions Lenient = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads JSON Lines (UTF-8), one video a line. Unknown fields are ignored, missing ones empty.</summary>
    public static GoldFile Read(string path)
    {
        var (entries, skipped, number) = (new List<GoldEntry>(), new List<string>(), 0);
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                if (JsonSerializer.Deserialize<GoldEntry>(line, Lenient) is { Id.Length: > 0 } entry)
                {
                    entries.Add(entry);
                }
                else
                {
                    skipped.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: no id."));
                }
            }
            catch (JsonException wrong)
            {
                skipped.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: {wrong.Message}"));
            }
        }

        return new GoldFile(entries, skipped);
    }
}
