using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace YtOptimizer.Api.Realtime.Feed;

/// <summary>
/// What one client has been told: the version of each entity. Its cursor is the same knowledge as text, so that any instance can go on
/// where another stopped. Not safe for concurrent use.
/// </summary>
internal sealed class Seen
{
    /// <summary>
    /// Longest time between a change's own time and its commit: what is older than the newest event by more has been seen.
    /// </summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private const int PruneAbove = 64;
    private const int MaxEntries = 512;
    private const char Version = '1';

    // By the last six bytes of the id: they are random, and short enough to travel in every event.
    private readonly Dictionary<ulong, Entry> entries = [];
    private DateTime newest = DateTime.UnixEpoch;

    /// <summary>Time of the newest event; <see cref="DateTime.UnixEpoch"/> before the first.</summary>
    public DateTime Newest => newest;

    /// <summary>The client has been told of some version of the entity.</summary>
    public bool Knows(Guid entityId) => entries.ContainsKey(Key(entityId));

    /// <summary>False when the client knows this or something newer.</summary>
    public bool Advance(FeedEvent e)
    {
        if (e.EntityId == Guid.Empty)
        {
            return true;
        }

        var key = Key(e.EntityId);
        if (entries.TryGetValue(key, out var known) && known.Version >= e.Version)
        {
            if (known.Version == e.Version)
            {
                entries[key] = known with { IsOpen = e.IsOpen };
            }

            return false;
        }

        entries[key] = new Entry(e.Version, e.At, e.IsOpen);
        newest = e.At > newest ? e.At : newest;
        if (entries.Count > PruneAbove)
        {
            Prune();
        }

        return true;
    }

    /// <summary>Letters, digits and <c>. : - _</c>; null before the first event.</summary>
    public string? Cursor()
    {
        if (newest == DateTime.UnixEpoch)
        {
            return null;
        }

        var milliseconds = new DateTimeOffset(newest, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var text = new StringBuilder()
            .Append(Version)
            .Append('.')
            .Append(milliseconds.ToString("x", CultureInfo.InvariantCulture))
            .Append('.');
        Span<byte> bytes = stackalloc byte[8];
        foreach (var (key, entry) in entries.Where(e => e.Value.IsOpen || e.Value.At > newest - Overlap))
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, key);
            text.Append(Base64Url.EncodeToString(bytes[2..])).Append(entry.Version.ToString("x", CultureInfo.InvariantCulture)).Append(':');
        }

        return text.ToString();
    }

    /// <summary>Null when the text is no cursor of this version.</summary>
    public static Seen? Parse(string? cursor)
    {
        if (
            cursor is not { Length: > 4 and <= 16_384 }
            || cursor.Split('.') is not [[Version], var at, var list]
            || !long.TryParse(at, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds is < 0 or > 253_402_300_799_000
        )
        {
            return null;
        }

        var seen = new Seen { newest = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime };
        var bytes = new byte[8];
        foreach (var entry in list.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (
                entry.Length < 9
                || seen.entries.Count >= MaxEntries
                || !Base64Url.TryDecodeFromChars(entry.AsSpan(0, 8), bytes.AsSpan(2), out var written)
                || written != 6
                || !int.TryParse(entry.AsSpan(8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var version)
            )
            {
                return null;
            }

            seen.entries[BinaryPrimitives.ReadUInt64BigEndian(bytes)] = new Entry(version, seen.newest, false);
        }

        return seen;
    }

    private static ulong Key(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) & 0xFFFF_FFFF_FFFF;
    }

    private void Prune()
    {
        foreach (var key in entries.Where(e => !e.Value.IsOpen && e.Value.At < newest - (2 * Overlap)).Select(e => e.Key).ToList())
        {
            entries.Remove(key);
        }

        foreach (var key in entries.OrderBy(e => e.Value.At).Take(Math.Max(0, entries.Count - MaxEntries)).Select(e => e.Key).ToList())
        {
            entries.Remove(key);
        }
    }

    private readonly record struct Entry(int Version, DateTime At, bool IsOpen);
}
