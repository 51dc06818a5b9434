using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using SkiaSharp;
using YtOptimizer.Api.Hosting.Pictures;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>
/// The values of one template, read by their names. Clients send them flat or inside <c>config</c>; wrong types count as absent, so that
/// a picture always comes out. Pictures are data URLs only: addresses are never fetched.
/// </summary>
internal sealed class TemplateFields : IDisposable
{
    private const int LongestText = 200;
    private const int LargestPicture = 12 * 1024 * 1024;
    private static readonly SearchValues<byte> Comma = SearchValues.Create((byte)',');
    private readonly JsonElement values;
    private readonly List<SKBitmap> decoded = [];

    public TemplateFields(JsonElement data) =>
        values =
            data.ValueKind == JsonValueKind.Object
            && data.TryGetProperty("config", out var config)
            && config.ValueKind == JsonValueKind.Object
                ? config
                : data;

    /// <summary>Pictures that were given as web addresses and therefore left out.</summary>
    public bool SkippedAddress { get; private set; }

    /// <summary>Why the last picture that could not be used was left out.</summary>
    public PictureRefusal Refusal { get; private set; }

    /// <summary>Whether any field holds a picture, so that drawing needs the memory for it.</summary>
    public bool HasPictures => values.ValueKind == JsonValueKind.Object && values.EnumerateObject().Any(member => IsPicture(member.Value));

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
            JsonValueKind.String
                when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => null,
        };
        return number is { } share ? (float)Math.Clamp(share > 1 ? share / 100 : share, 0, 1) : fallback;
    }

    public bool Flag(string name, bool fallback) =>
        Find(name).ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => fallback,
        };

    public SKBitmap? Picture(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is { ValueKind: JsonValueKind.String } value && Decode(value) is { } picture)
            {
                decoded.Add(picture);
                return picture;
            }
        }

        return null;
    }

    public void Dispose() => decoded.ForEach(picture => picture.Dispose());

    private static bool IsPicture(JsonElement value) => value.ValueKind == JsonValueKind.String && Raw(value).StartsWith("data:image/"u8);

    /// <summary>The text between its quotation marks, as it stands in the body: a picture of megabytes never becomes a string.</summary>
    private static ReadOnlySpan<byte> Raw(JsonElement value) => JsonMarshal.GetRawUtf8Value(value)[1..^1];

    private SKBitmap? Decode(JsonElement value)
    {
        var text = Raw(value);
        var comma = text.IndexOfAny(Comma);
        if (!text.StartsWith("data:image/"u8) || comma < 0 || !text[..comma].EndsWith(";base64"u8))
        {
            SkippedAddress |= text.StartsWith("http"u8);
            return null;
        }

        var encoded = text[(comma + 1)..];
        if (encoded.Length > LargestPicture / 3 * 4)
        {
            Refusal = PictureRefusal.TooLarge;
            return null;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(encoded.Length));
        try
        {
            // Some writers escape the slash of Base64.
            var plain = encoded.IndexOf((byte)'\\') < 0;
            var status = plain ? Base64.DecodeFromUtf8(encoded, bytes, out _, out var length) : Unescaped(value, comma, bytes, out length);
            var (picture, refusal) =
                status == OperationStatus.Done ? PictureDecoder.Decode(bytes.AsSpan(0, length)) : (null, PictureRefusal.Format);
            Refusal = refusal == PictureRefusal.None ? Refusal : refusal;
            return picture;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static OperationStatus Unescaped(JsonElement value, int comma, Span<byte> bytes, out int length) =>
        Convert.TryFromBase64Chars(value.GetString().AsSpan(comma + 1), bytes, out length)
            ? OperationStatus.Done
            : OperationStatus.InvalidData;

    private JsonElement Find(string name) =>
        values.ValueKind == JsonValueKind.Object && values.TryGetProperty(name, out var value) ? value : default;
}
