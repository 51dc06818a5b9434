using System.Globalization;
using System.Text;
using System.Text.Json;

namespace YtOptimizer.Api.Realtime.Sockets;

internal enum SocketPacketType
{
    Connect = 0,
    Disconnect = 1,
    Event = 2,
    Ack = 3,
    ConnectError = 4,
    BinaryEvent = 5,
    BinaryAck = 6,
}

/// <summary>One packet of the Socket.IO protocol, version 5: type, namespace, optional acknowledgement id, optional JSON.</summary>
internal sealed record SocketPacket(SocketPacketType Type, string Namespace, int? AckId, JsonElement? Data)
{
    public const string RootNamespace = "/";

    private const int LongestNamespace = 64;
    private const int MaxDepth = 16;

    /// <summary>Name of the event; null when the packet is none.</summary>
    public string? EventName => Type == SocketPacketType.Event ? Data!.Value[0].GetString() : null;

    /// <summary>First argument of the event; null when there is none.</summary>
    public JsonElement? FirstArgument => Type == SocketPacketType.Event && Data!.Value.GetArrayLength() > 1 ? Data.Value[1] : null;

    /// <summary>
    /// Reads what follows the Engine.IO message type; null when it breaks the protocol. Strict: a sender that is wrong here is wrong
    /// elsewhere.
    /// </summary>
    public static SocketPacket? Parse(string text)
    {
        if (text.Length == 0 || text[0] is < '0' or > '6')
        {
            return null;
        }

        var type = (SocketPacketType)(text[0] - '0');
        if (type is SocketPacketType.BinaryEvent or SocketPacketType.BinaryAck)
        {
            // Attachments would follow in packets of their own; nothing here takes them.
            return new SocketPacket(type, RootNamespace, null, null);
        }

        var at = 1;
        var space = RootNamespace;
        if (at < text.Length && text[at] == '/')
        {
            var comma = text.IndexOf(',', at);
            space = comma < 0 ? text[at..] : text[at..comma];
            at = comma < 0 ? text.Length : comma + 1;
            if (space.Length > LongestNamespace)
            {
                return null;
            }
        }

        var digits = at;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        int? id = null;
        if (digits > at)
        {
            if (!int.TryParse(text.AsSpan(at, digits - at), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            id = number;
        }

        return TryJson(text.AsMemory(digits), out var data) && IsValid(type, data) ? new SocketPacket(type, space, id, data) : null;
    }

    /// <summary>The packet as an Engine.IO message. <paramref name="json"/> is written as it is.</summary>
    public static string Encode(SocketPacketType type, string space, string? json, int? ackId = null)
    {
        var text = new StringBuilder((json?.Length ?? 0) + space.Length + 8).Append('4').Append((char)('0' + (int)type));
        if (space != RootNamespace)
        {
            text.Append(space).Append(',');
        }

        return text.Append(ackId?.ToString(CultureInfo.InvariantCulture)).Append(json).ToString();
    }

    private static bool TryJson(ReadOnlyMemory<char> text, out JsonElement? data)
    {
        data = null;
        if (text.IsEmpty)
        {
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            data = document.RootElement.Clone();
            return true;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsValid(SocketPacketType type, JsonElement? data) =>
        type switch
        {
            SocketPacketType.Connect => data is null or { ValueKind: JsonValueKind.Object },
            SocketPacketType.Disconnect => data is null,
            SocketPacketType.Event => data is { ValueKind: JsonValueKind.Array } list
                && list.GetArrayLength() > 0
                && list[0].ValueKind == JsonValueKind.String,
            SocketPacketType.Ack => data is { ValueKind: JsonValueKind.Array },
            _ => false,
        };
}
