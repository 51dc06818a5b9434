using Npgsql;

namespace YtOptimizer.ServiceDefaults.Data;

/// <summary>
/// Where the database is, from either notation: Npgsql's own (<c>Host=…;Username=…</c>) or a URL
/// (<c>postgresql://name:password@host:5432/db?sslmode=require&amp;pgbouncer=true</c>), with the limits every process keeps.
/// </summary>
public static class DatabaseAddress
{
    /// <summary>Connections per process, unless the address says otherwise.</summary>
    public const int DefaultPoolSize = 30;

    /// <summary>Seconds for a connection to open, and for a free one in the pool: an unreachable or exhausted database shows at once.</summary>
    public const int ConnectTimeoutSeconds = 2;

    public const int CommandTimeoutSeconds = 15;

    /// <summary>Statements that a connection keeps prepared, where no pooler is in between.</summary>
    public const int PreparedStatements = 100;

    /// <summary>Npgsql's notation, with defaults filled in.</summary>
    /// <exception cref="FormatException">The text is in neither notation. Its message does not repeat the text, which may hold a password.</exception>
    public static string Normalize(string address, string? applicationName = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        var builder = IsUrl(address) ? FromUrl(address.Trim()) : FromKeywords(address);
        if (string.IsNullOrWhiteSpace(builder.Host))
        {
            throw new FormatException("The database address names no host.");
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
            // No statement of this application leaves anything behind in its session (SET is always LOCAL, listeners keep their connection, temporary
            // tables and advisory locks end with their transaction), so there is nothing to reset; and a session keeps the plans of its statements.
            SetDefault(builder, "No Reset On Close", true);
            SetDefault(builder, "Max Auto Prepare", PreparedStatements);
            SetDefault(builder, "Auto Prepare Min Usages", 2);
        }

        return builder.ConnectionString;
    }

    /// <summary>The same address for what keeps state in its sessions, LISTEN and migrations: those are reset before others get them.</summary>
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
        new NpgsqlConnectionStringBuilder(normalized) { MaxPoolSize = 2, MinPoolSize = 0, Timeout = 2, CommandTimeout = 2 }.ConnectionString;

    /// <summary>Whether a transaction pooler (PgBouncer, Supavisor) stands in between: no LISTEN, no session state.</summary>
    public static bool IsPooled(string normalized) => IsPooled(new NpgsqlConnectionStringBuilder(normalized));

    private static bool IsPooled(NpgsqlConnectionStringBuilder builder) =>
        (builder.NoResetOnClose && builder.MaxAutoPrepare == 0) || builder.Port == 6543 || (builder.Host?.Contains("pgbouncer", StringComparison.OrdinalIgnoreCase) ?? false);

    private static bool IsUrl(string address) =>
        address.TrimStart().StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || address.TrimStart().StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static NpgsqlConnectionStringBuilder FromKeywords(string address)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(address);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new FormatException("The database address is neither a postgresql:// URL nor Host=…;Username=…;Password=…;Database=….", exception);
        }
    }

    private static NpgsqlConnectionStringBuilder FromUrl(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || string.IsNullOrEmpty(url.Host))
        {
            throw new FormatException("The database URL cannot be read. It looks like postgresql://name:password@host:5432/database; percent-encode special characters of the password.");
        }

        var login = url.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host.Trim('[', ']'),
            Port = url.Port > 0 ? url.Port : 5432,
            Database = url.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(url.AbsolutePath[1..]) : "postgres",
        };
        if (login[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(login[0]);
        }

        if (login.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(login[1]);
        }

        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            Apply(builder, Uri.UnescapeDataString(parts[0]).ToLowerInvariant(), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        return builder;
    }

    /// <summary>The parameters libpq, Prisma and Supabase write; what is unknown changes nothing here and is left out.</summary>
    private static void Apply(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        switch (name)
        {
            case "sslmode":
                builder["SSL Mode"] = value.Replace("-", "", StringComparison.Ordinal);
                break;
            case "sslrootcert":
                builder.RootCertificate = value;
                break;
            case "pgbouncer":
                builder.NoResetOnClose = value is "true" or "1";
                break;
            case "connection_limit" or "pool_size":
                builder["Maximum Pool Size"] = value;
                break;
            case "connect_timeout":
                builder["Timeout"] = value;
                break;
            case "application_name":
                builder.ApplicationName = value;
                break;
            case "options":
                builder.Options = value;
                break;
            case "host":
                builder.Host = value;
                break;
        }
    }

    private static void SetDefault(NpgsqlConnectionStringBuilder builder, string keyword, object value)
    {
        if (!builder.ShouldSerialize(keyword))
        {
            builder[keyword] = value;
        }
    }
}
