using System.Buffers;
using System.Collections.Frozen;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Npgsql;

namespace YtOptimizer.ServiceDefaults.Data;

/// <summary>
/// Where the database is, from any of three notations: Npgsql's own (<c>Host=…;Username=…</c>), libpq's (<c>host=… user=…</c>) or a URL
/// (<c>postgresql://name:password@host:5432/db?sslmode=require&amp;pgbouncer=true</c>), with the limits every process keeps.
/// </summary>
public static class DatabaseAddress
{
    /// <summary>Connections per process, unless the address says otherwise.</summary>
    public const int DefaultPoolSize = 30;

    /// <summary>Seconds for a connection to open, and for a free one in the pool: an unreachable or exhausted database shows at
    /// once.</summary>
    public const int ConnectTimeoutSeconds = 2;

    public const int CommandTimeoutSeconds = 15;

    private static readonly SearchValues<char> NoHost = SearchValues.Create(" \t\r\n=;'\"");

    private static readonly FrozenSet<string> FirstWords = typeof(NpgsqlConnectionStringBuilder)
        .GetProperties()
        .Select(property => property.GetCustomAttribute<DisplayNameAttribute>()?.DisplayName.Split(' ')[0] ?? "")
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private const string NoNotation =
        "The database address is neither a postgresql:// URL, nor host=… user=… dbname=…, nor Host=…;Username=…;Password=…;Database=….";

    /// <summary>Milliseconds that a statement waits for somebody else's lock: a request that meets one is answered within two
    /// seconds.</summary>
    public const int LockTimeoutMilliseconds = 1500;

    /// <summary>Statements that a connection keeps prepared, where no pooler is in between.</summary>
    public const int PreparedStatements = 100;

    /// <summary>Npgsql's notation, with defaults filled in.</summary>
    /// <exception cref="FormatException">The text is in none of them. Its message does not repeat the text, which may hold a
    /// password.</exception>
    public static string Normalize(string address, string? applicationName = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        var builder = LibpqAddress.IsUrl(address.Trim()) ? FromUrl(address.Trim()) : FromKeywords(address);
        if (string.IsNullOrWhiteSpace(builder.Host))
        {
            throw new FormatException("The database address names no host.");
        }

        // Notations in a mixture end up here as one long name; it may hold the password, so it is not repeated.
        if (builder.Host.AsSpan().ContainsAny(NoHost) || (builder.Host[0] is not ('/' or '@') && builder.Host.AsSpan().ContainsAny("/@?")))
        {
            throw new FormatException("The database address holds a host that cannot be one. " + NoNotation);
        }

        if (builder.Host.Contains(',', StringComparison.Ordinal))
        {
            throw LibpqAddress.Several(builder.Host);
        }

        SetDefault(builder, "Timeout", ConnectTimeoutSeconds);
        SetDefault(builder, "Command Timeout", CommandTimeoutSeconds);
        SetDefault(builder, "Maximum Pool Size", DefaultPoolSize);
        SetDefault(builder, "Keepalive", 30);
        SetDefault(builder, "Cancellation Timeout", 1000);
        SetDefault(builder, "Connection Idle Lifetime", 60);
        // One question less per connection; TLS is negotiated as SSL Mode says.
        SetDefault(builder, "GSS Encryption Mode", "Disable");
        if (applicationName is not null)
        {
            SetDefault(builder, "Application Name", applicationName);
        }

        if (IsPooled(builder))
        {
            // A transaction pooler hands out another server session per transaction: nothing may be kept in one, nor reset.
            builder.NoResetOnClose = true;
            builder.MaxAutoPrepare = 0;
        }
        else
        {
            if (!IsBehindSomePooler(builder) && builder.Options?.Contains("lock_timeout", StringComparison.OrdinalIgnoreCase) != true)
            {
                // Poolers refuse options at the start of a session: behind one the login's own setting does this (ApplicationLogin).
                builder.Options = string.Create(
                        CultureInfo.InvariantCulture,
                        $"{builder.Options} -c lock_timeout={LockTimeoutMilliseconds}"
                    )
                    .Trim();
            }

            // No statement of this application leaves anything behind in its session (SET is always LOCAL, listeners keep their connection,
            // temporary
            // tables and advisory locks end with their transaction), so there is nothing to reset; and a session keeps the plans of its
            // statements.
            SetDefault(builder, "No Reset On Close", true);
            SetDefault(builder, "Max Auto Prepare", PreparedStatements);
            SetDefault(builder, "Auto Prepare Min Usages", 2);
        }

        return builder.ConnectionString;
    }

    /// <summary>The same address for what keeps state in its sessions, LISTEN and migrations: those are reset before others get
    /// them.</summary>
    public static string ForSessions(string normalized)
    {
        var builder = new NpgsqlConnectionStringBuilder(normalized) { MaxPoolSize = 5, MinPoolSize = 0 };
        if (!IsPooled(builder))
        {
            builder.NoResetOnClose = false;
            builder.MaxAutoPrepare = 0;
        }

        return builder.ConnectionString;
    }

    /// <summary>The same address for a question that must be answered soon.</summary>
    public static string ForWatch(string normalized) =>
        new NpgsqlConnectionStringBuilder(normalized)
        {
            MaxPoolSize = 2,
            MinPoolSize = 0,
            Timeout = 2,
            CommandTimeout = 2,
        }.ConnectionString;

    /// <summary>Whether a transaction pooler (PgBouncer, Supavisor) stands in between: no LISTEN, no session state.</summary>
    public static bool IsPooled(string normalized) => IsPooled(new NpgsqlConnectionStringBuilder(normalized));

    // Neon's poolers are named ep-…-pooler.…; Supabase's work by transaction on port 6543 and by session on 5432.
    private static bool IsPooled(NpgsqlConnectionStringBuilder builder) =>
        (builder.NoResetOnClose && builder.MaxAutoPrepare == 0)
        || builder.Port == 6543
        || (
            builder.Host is { } host
            && (
                host.Contains("pgbouncer", StringComparison.OrdinalIgnoreCase)
                || host.Contains("-pooler.", StringComparison.OrdinalIgnoreCase)
            )
        );

    private static bool IsBehindSomePooler(NpgsqlConnectionStringBuilder builder) =>
        IsPooled(builder) || builder.Port == 6432 || (builder.Host?.Contains("pooler", StringComparison.OrdinalIgnoreCase) ?? false);

    private static NpgsqlConnectionStringBuilder FromUrl(string url)
    {
        var builder = LibpqOptions.Apply(LibpqAddress.FromUrl(url));
        builder.Database ??= "postgres";
        return builder;
    }

    private static NpgsqlConnectionStringBuilder FromKeywords(string address)
    {
        if (LibpqAddress.FromKeywords(address) is { } options)
        {
            return LibpqOptions.Apply(options);
        }

        var builder = new NpgsqlConnectionStringBuilder();
        try
        {
            // One by one, so that a keyword that is none can be named.
            var raw = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = address };
            foreach (string keyword in raw.Keys)
            {
                Set(builder, keyword, raw[keyword]);
            }
        }
        catch (ArgumentException exception)
        {
            throw new FormatException(NoNotation, exception);
        }

        return builder;
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string keyword, object value)
    {
        try
        {
            builder[keyword] = value;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            var isKnown = new NpgsqlConnectionStringBuilder().ContainsKey(keyword);
            throw new FormatException(
                isKnown
                    ? $"The database address holds a value for {keyword} that cannot be used."
                    : $"The database address holds the keyword {Printable(keyword)}, which Npgsql does not know. {NoNotation}",
                exception
            );
        }
    }

    // Keywords of several words are named when they begin as one of Npgsql's do; else they may be the end of a password.
    private static string Printable(string keyword) =>
        keyword.Split(' ') is [var first, _, ..] words && FirstWords.Contains(first)
            ? string.Join(' ', words.Select(LibpqOptions.Printable))
            : LibpqOptions.Printable(keyword);

    private static void SetDefault(NpgsqlConnectionStringBuilder builder, string keyword, object value)
    {
        if (!builder.ShouldSerialize(keyword))
        {
            builder[keyword] = value;
        }
    }
}
