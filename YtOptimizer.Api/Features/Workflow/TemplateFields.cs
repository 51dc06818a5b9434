using System.Globalization;
using System.Text.Json;
using SkiaSharp;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>
/// The values of one template, read by their names. Clients send them flat or inside <c>config</c>; wrong types count as absent, so that
/// a picture always comes out. Pictures are data URLs only: addresses are never fetched.
/// </summary>
internal sealed class TemplateFields : IDisposable
{
    private const int LongestText = 200;
    private const int LargestPicture = 12 * 1024 * 1024;
    private readonly JsonElement values;
    private readonly List<SKBitmap> decoded = [];

    public TemplateFields(JsonElement data) => values = data.ValueKind == JsonValueKind.Object && data.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object ? config : data;

    /// <summary>Pictures that were given as web addresses and therefore left out.</summary>
    public bool SkippedAddress { get; private set; }

    /// <summary>The first of these fields that holds text (or an object with <c>text</c>).</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var value = Find(name);
            value = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("text", out var inner) ? inner : value;
            if (value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } text)
            {
                return text.Length > LongestText ? text[..LongestText] : text;
            }
        }

        return null;
    }

    public SKColor Color(string name, SKColor fallback)
    {
        var value = Find(name);
        value = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("color", out var inner) ? inner : value;
        return value.ValueKind == JsonValueKind.String && SKColor.TryParse(value.GetString(), out var color) ? color : fallback;
    }

    /// <summary>0–1; values above 1 are read as per cent.</summary>
    public float Share(string name, float fallback)
    {
        var value = Find(name);
        value = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("intensity", out var inner) ? inner : value;
        double? number = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => null,
        };
        return number is { } share ? (float)Math.Clamp(share > 1 ? share / 100 : share, 0, 1) : fallback;
    }

    public bool Flag(string name, bool fallback) => Find(name).ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => fallback };

    public SKBitmap? Picture(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text && Decode(text) is { } picture)
            {
                decoded.Add(picture);
                return picture;
            }
        }

        return null;
    }

    public void Dispose() => decoded.ForEach(picture => picture.Dispose());

    private SKBitmap? Decode(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (!text.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) || comma < 0 || !text.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            SkippedAddress |= text.StartsWith("http", StringComparison.OrdinalIgnoreCase);
            return null;
        }

        var encoded = text.AsSpan(comma + 1);
        var bytes = new byte[Math.Min(encoded.Length, LargestPicture)];
        return Convert.TryFromBase64Chars(encoded, bytes, out var length) ? PublicFiles.Decode(bytes[..length]) : null;
    }

    private JsonElement Find(string name) => values.ValueKind == JsonValueKind.Object && values.TryGetProperty(name, out var value) ? value : default;
}
