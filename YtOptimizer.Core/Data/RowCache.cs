using System.Collections.Concurrent;

namespace YtOptimizer.Core.Data;

/// <summary>
/// Answers that are made of one row of one account, kept by this process as the bytes that are sent. Triggers tell of every change, by
/// whatever statement, on <see cref="Channel"/>; what this process changes itself it forgets at once. Nothing is kept while notifications
/// do not arrive or the database is silent, and nothing longer than <see cref="MaxAge"/>: a connection that died unnoticed costs seconds.
/// </summary>
public sealed class RowCache(TimeProvider time, DatabaseOutageDetector? watch = null)
{
    public const string Channel = "yto_rows";

    /// <summary>Kinds of answers: the table's name.</summary>
    public const string Profiles = "profiles";
    public const string Preferences = "user_content_preferences";

    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private const int MaxEntries = 20_000;
    private readonly ConcurrentDictionary<(string Kind, Guid User), Entry> entries = new();
    private volatile bool isFollowing;

    /// <summary>Whether changes are being told.</summary>
    public bool IsFollowing => isFollowing;

    /// <summary>From now on changes are told.</summary>
    public void Followed()
    {
        entries.Clear();
        isFollowing = true;
    }

    /// <summary>Changes may have been missed from now on.</summary>
    public void Lost()
    {
        isFollowing = false;
        entries.Clear();
    }

    /// <summary>A notification: a kind and an account, or a kind alone when the whole table changed.</summary>
    public void Changed(string payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var colon = payload.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && Guid.TryParse(payload.AsSpan(colon + 1), out var user))
        {
            Forget(payload[..colon], user);
        }
        else
        {
            entries.Clear();
        }
    }

    /// <summary>This process has just changed the row.</summary>
    public void Forget(string kind, Guid user) => entries.TryRemove((kind, user), out _);

    /// <summary>What is kept, or null.</summary>
    public byte[]? Find(string kind, Guid user) =>
        entries.TryGetValue((kind, user), out var entry)
        && entry.Bytes is { } bytes
        && time.GetElapsedTime(entry.At) < MaxAge
        && watch?.Outage.IsCancellationRequested != true
            ? bytes
            : null;

    /// <summary>Reads and keeps. A change during the read makes its result be forgotten; null is not kept.</summary>
    public async Task<byte[]?> ReadAsync(string kind, Guid user, Func<Task<byte[]?>> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (!isFollowing)
        {
            return await read();
        }

        if (entries.Count >= MaxEntries)
        {
            entries.Clear();
        }

        // In place before the row is read: a notification that arrives meanwhile takes it away.
        var entry = new Entry(time.GetTimestamp());
        entries[(kind, user)] = entry;
        try
        {
            entry.Bytes = await read();
        }
        finally
        {
            if (entry.Bytes is null)
            {
                entries.TryRemove(KeyValuePair.Create((kind, user), entry));
            }
        }

        return entry.Bytes;
    }

    private sealed class Entry(long at)
    {
        public long At { get; } = at;

        public byte[]? Bytes { get; set; }
    }
}
