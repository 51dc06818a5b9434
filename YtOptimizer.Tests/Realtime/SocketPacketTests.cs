extern alias api;

using System.Text;
using CsCheck;
using Packet = api::YtOptimizer.Api.Realtime.Sockets.SocketPacket;
using PacketType = api::YtOptimizer.Api.Realtime.Sockets.SocketPacketType;
using Seen = api::YtOptimizer.Api.Realtime.Feed.Seen;

namespace YtOptimizer.Tests.Realtime;

/// <summary>The parser against everything that may come.</summary>
public class SocketPacketTests(LiveApiFixture api) : IClassFixture<LiveApiFixture>
{
    private static readonly string[] Good =
    [
        "0",
        "0/queue,",
        "0/notifications,{\"token\":\"abc\"}",
        "1/queue,",
        "2[\"a\"]",
        "2/queue,[\"subscribe-queue\"]",
        "2/queue,17[\"a\",{\"b\":[1,2,null]}]",
        "3/queue,3[]",
        "3[1]",
    ];

    [Fact]
    public void Parse_Good_GivesItsParts()
    {
        Assert.Equal((PacketType.Connect, "/queue", (int?)null), Parts("0/queue,"));
        Assert.Equal((PacketType.Connect, "/queue", (int?)null), Parts("0/queue"));
        Assert.Equal((PacketType.Event, "/queue", (int?)17), Parts("2/queue,17[\"a\",{\"b\":1}]"));
        Assert.Equal((PacketType.Ack, "/", (int?)3), Parts("33[]"));
        Assert.Equal("a", Packet.Parse("2[\"a\",{\"b\":1}]")!.EventName);
        Assert.All(Good, text => Assert.NotNull(Packet.Parse(text)));
    }

    [Fact]
    public void Parse_EncodedPacket_IsTheSame() =>
        Gen.Select(
                Gen.Int[0, 3],
                Of("/", "/queue", "/a/b"),
                Gen.Int[0, int.MaxValue].Nullable(0.5),
                Gen.String[Gen.Char.AlphaNumeric, 0, 20]
            )
            .Sample(
                (kind, space, id, text) =>
                {
                    var type = (PacketType)kind;
                    var json = type switch
                    {
                        PacketType.Connect => $"{{\"t\":\"{text}\"}}",
                        PacketType.Disconnect => null,
                        _ => $"[\"{text}\"]",
                    };
                    var encoded = Packet.Encode(type, space, json, type is PacketType.Event or PacketType.Ack ? id : null);
                    var parsed = Packet.Parse(encoded[1..]);
                    return parsed is not null
                        && parsed.Type == type
                        && parsed.Namespace == space
                        && parsed.AckId == (type is PacketType.Event or PacketType.Ack ? id : null)
                        && (parsed.Data?.GetRawText() ?? "") == (json ?? "");
                }
            );

    [Fact]
    public void Parse_Anything_NeverThrows() => Mutated.Sample(text => Packet.Parse(text) is null or { Namespace.Length: > 0 });

    [Fact]
    public void Cursor_Anything_NeverThrows() =>
        Gen.OneOf(Mutated, Gen.String[Gen.Char["0123456789abcdef.:AZ_-"], 0, 60].Select(s => "1.18f.1" + s))
            .Sample(text => Seen.Parse(text)?.Cursor() is null or { Length: > 0 });

    [Fact]
    public async Task Server_BombardedWithPackets_StaysHealthy()
    {
        var user = await api.CreateUserAsync();
        var packets = Mutated.Array[400].Single(_ => true, "0000YedkU1a1");
        foreach (var batch in packets.Chunk(20))
        {
            await using var socket = await RawSocket.OpenAsync(api.Address);
            await socket.JoinAsync("/queue", new { token = user.AccessToken });
            try
            {
                foreach (var packet in batch)
                {
                    await socket.SendAsync((packet.Length % 3 == 0 ? "" : "4") + packet);
                }
            }
            catch (Exception exception)
                when (exception is System.Net.WebSockets.WebSocketException or IOException or ObjectDisposedException)
            {
                // Cut off, as it should be.
            }
        }

        await using var good = await RawSocket.OpenAsync(api.Address);
        await good.JoinAsync("/queue", new { token = user.AccessToken });
        await good.SendAsync("42/queue,[\"subscribe-queue\"]");
        await good.EventAsync("/queue", "subscribed");
    }

    private static Gen<string> Mutated { get; } =
        Gen.Select(Of(Good), Gen.Int[0, 3], Gen.Int[0, 60], Gen.Char[' ', '\u0400'], Gen.String[0, 40])
            .Select(
                (text, kind, at, character, noise) =>
                {
                    var place = Math.Min(at, text.Length);
                    return kind switch
                    {
                        0 => text.Insert(place, character.ToString()),
                        1 => place < text.Length ? text.Remove(place, 1) : text + text,
                        2 => new StringBuilder(text).Insert(place, noise).ToString(),
                        _ => noise,
                    };
                }
            );

    private static Gen<string> Of(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static (PacketType, string, int?) Parts(string text) =>
        Packet.Parse(text) is { } packet
            ? (packet.Type, packet.Namespace, packet.AckId)
            : throw new InvalidOperationException("not a packet");
}
