using System.Globalization;
using Npgsql;

namespace YtOptimizer.ServiceDefaults.Data;

/// <summary>
/// What the options of libpq, and those that Prisma, Supabase and node-postgres add to its URLs, mean for Npgsql. Each is understood or
/// refused by name: an option that was dropped without a word, <c>channel_binding=require</c> for one, would promise what is not kept.
/// </summary>
internal static class LibpqOptions
{
    private const string SslModes = "disable, allow, prefer, require, verify-ca or verify-full";

    private static readonly Dictionary<string, string> AuthMethods = new(StringComparer.Ordinal)
    {
        ["password"] = "Password",
        ["md5"] = "MD5",
        ["gss"] = "GSS",
        ["sspi"] = "SSPI",
        ["scram-sha-256"] = "ScramSHA256",
        ["none"] = "None",
    };

    private static readonly Dictionary<string, Action<NpgsqlConnectionStringBuilder, string>> Understood = new(StringComparer.Ordinal)
    {
        ["host"] = (b, v) => b.Host = v.Contains(',', StringComparison.Ordinal) ? throw LibpqAddress.Several(v) : v,
        ["port"] = (b, v) => b.Port = Number(v, 1, 65535),
        ["dbname"] = (b, v) => b.Database = v,
        ["user"] = (b, v) => b.Username = v,
        ["password"] = (b, v) => b.Password = v,
        ["passfile"] = (b, v) => b.Passfile = v,
        ["connect_timeout"] = (b, v) => b.Timeout = Number(v, 0, 1024),
        ["application_name"] = (b, v) => b.ApplicationName = v,
        ["fallback_application_name"] = (b, v) => b.ApplicationName ??= v,
        ["options"] = (b, v) => b.Options = v,
        ["client_encoding"] = (_, v) => OneOf(v, "utf8", "utf-8", "unicode", "auto"),
        ["sslmode"] = (b, v) =>
            b.SslMode = v switch
            {
                "disable" => SslMode.Disable,
                "allow" => SslMode.Allow,
                "prefer" => SslMode.Prefer,
                "require" => SslMode.Require,
                "verify-ca" => SslMode.VerifyCA,
                "verify-full" => SslMode.VerifyFull,
                _ => throw new FormatException($"it is one of {SslModes}"),
            },
        ["ssl"] = (b, v) => b.SslMode = Flag(v) ? SslMode.Require : SslMode.Disable,
        ["sslrootcert"] = (b, v) => b.RootCertificate = v == "system" ? null : v,
        ["sslcert"] = (b, v) => b.SslCertificate = v,
        ["sslkey"] = (b, v) => b.SslKey = v,
        ["sslpassword"] = (b, v) => b.SslPassword = v,
        ["sslnegotiation"] = (b, v) => b["SSL Negotiation"] = OneOf(v, "postgres", "direct"),
        ["channel_binding"] = (b, v) => b["Channel Binding"] = OneOf(v, "disable", "prefer", "require"),
        ["require_auth"] = (b, v) =>
            b["Require Auth"] = string.Join(
                ',',
                v.Split(',')
                    .Select(method =>
                        AuthMethods.GetValueOrDefault(method.Trim())
                        ?? throw new FormatException($"it holds one or several of {string.Join(", ", AuthMethods.Keys)} here")
                    )
            ),
        ["gssencmode"] = (b, v) => b["GSS Encryption Mode"] = OneOf(v, "disable", "prefer", "require"),
        ["krbsrvname"] = (b, v) => b.KerberosServiceName = v,
        ["keepalives"] = (b, v) => b.TcpKeepAlive = Flag(v),
        ["keepalives_idle"] = (b, v) => b.TcpKeepAliveTime = Number(v, 0, 86_400),
        ["keepalives_interval"] = (b, v) => b.TcpKeepAliveInterval = Number(v, 0, 86_400),
        ["target_session_attrs"] = (_, v) => OneOf(v, "any"),
        ["load_balance_hosts"] = (_, v) => OneOf(v, "disable"),

        // Said aloud as it is anyway.
        ["sslsni"] = (_, v) => OneOf(v, "1"),
        ["sslcompression"] = (_, v) => OneOf(v, "0"),
        ["sslcertmode"] = (_, v) => OneOf(v, "allow"),
        ["gssdelegation"] = (_, v) => OneOf(v, "0"),
        ["replication"] = (_, v) => OneOf(v, "false", "off", "no", "0"),

        // Prisma and its like.
        ["pgbouncer"] = (b, v) => b.NoResetOnClose = Flag(v),
        ["connection_limit"] = (b, v) => b.MaxPoolSize = Number(v, 1, 10_000),
        ["pool_size"] = (b, v) => b.MaxPoolSize = Number(v, 1, 10_000),
        ["pool_timeout"] = (b, v) => b.Timeout = Number(v, 0, 1024),
        ["schema"] = (b, v) => b.SearchPath = v,
        ["search_path"] = (b, v) => b.SearchPath = v,
        ["statement_cache_size"] = (b, v) => b.MaxAutoPrepare = Number(v, 0, 10_000),

        // For other drivers: they ask for what is done here anyway, or only tell where the address was copied.
        ["uselibpqcompat"] = (_, v) => Flag(v),
        ["supa"] = (_, _) => { },
        ["workaround"] = (_, _) => { },
    };

    public static bool Knows(string name) => Understood.ContainsKey(name);

    /// <exception cref="FormatException">An option is not understood, or its value is none; the message names the option, not the
    /// value.</exception>
    public static NpgsqlConnectionStringBuilder Apply(IReadOnlyList<KeyValuePair<string, string>> options)
    {
        var builder = new NpgsqlConnectionStringBuilder();
        foreach (var (name, value) in options)
        {
            if (!Understood.TryGetValue(name, out var apply))
            {
                throw new FormatException("The database address " + NotUnderstood(name));
            }

            try
            {
                apply(builder, value);
            }
            catch (Exception exception)
                when (exception is FormatException or ArgumentException or InvalidCastException or OverflowException)
            {
                if (exception is FormatException && exception.Message.StartsWith("The database address", StringComparison.Ordinal))
                {
                    throw;
                }

                throw new FormatException(
                    $"The database address holds a value for {name} that cannot be "
                        + $"used{(exception is FormatException ? ": " + exception.Message : "")}.",
                    exception
                );
            }
        }

        // "system" asks for a certificate of a public authority, which only verify-full looks at (libpq refuses the weaker ones too).
        if (options.LastOrDefault(option => option.Key == "sslrootcert").Value == "system")
        {
            builder.SslMode =
                builder.SslMode is SslMode.VerifyFull || !options.Any(option => option.Key is "sslmode" or "ssl")
                    ? SslMode.VerifyFull
                    : throw new FormatException("The database address asks for sslrootcert=system with a weaker sslmode than verify-full.");
        }

        return builder;
    }

    /// <summary>The end of a sentence that begins with "The database address".</summary>
    public static string NotUnderstood(string name) =>
        $"holds the option {Printable(name)}, which is not understood here. Take it out, or write the address in Npgsql's notation "
        + $"(Host=…;Username=…).";

    private static int Number(string text, int from, int to) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to
            ? number
            : throw new FormatException($"it is a number from {from} to {to}");

    private static bool Flag(string text) =>
        text switch
        {
            "true" or "1" or "on" or "yes" => true,
            "false" or "0" or "off" or "no" => false,
            _ => throw new FormatException("it is true or false"),
        };

    private static string OneOf(string text, params string[] allowed) =>
        allowed.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? text
            : throw new FormatException("it is one of " + string.Join(", ", allowed) + " here");

    // A name that is none may be part of a password that was not percent-encoded.
    public static string Printable(string name) =>
        name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? name : "(an unreadable name)";
}
