using CsCheck;
using Npgsql;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.Tests.ServiceDefaults;

public class DatabaseAddressTests
{
    [Fact]
    public void Normalize_Url_ReadsEveryPart()
    {
        var address = new NpgsqlConnectionStringBuilder(
            DatabaseAddress.Normalize(
                "postgresql://ann%40x:p%3Aw%2F%3F@db.example.com:6432/my%20db?sslmode=verify-full&application_name=app&connection_limit=7",
                "other"
            )
        );
        Assert.Equal(
            ("ann@x", "p:w/?", "db.example.com", 6432, "my db"),
            (address.Username, address.Password, address.Host, address.Port, address.Database)
        );
        Assert.Equal((SslMode.VerifyFull, "app", 7), (address.SslMode, address.ApplicationName, address.MaxPoolSize));
    }

    [Theory]
    [InlineData("postgres://u:p@h/db")]
    [InlineData("Host=h;Username=u;Password=p;Database=db")]
    public void Normalize_BothNotations_GetTheLimits(string text)
    {
        var address = new NpgsqlConnectionStringBuilder(DatabaseAddress.Normalize(text));
        Assert.Equal((30, 15, 2, 5432), (address.MaxPoolSize, address.CommandTimeout, address.Timeout, address.Port));
        Assert.True(address.KeepAlive > 0);
        Assert.False(DatabaseAddress.IsPooled(address.ConnectionString));
    }

    [Theory]
    [InlineData("postgresql://u:p@h:5432/db?pgbouncer=true")]
    [InlineData("postgresql://u:p@h:6543/db")]
    [InlineData("Host=h;Port=6543;Username=u")]
    public void Normalize_Pooler_KeepsNothingInTheSession(string text)
    {
        var address = new NpgsqlConnectionStringBuilder(DatabaseAddress.Normalize(text));
        Assert.True(address.NoResetOnClose);
        Assert.Equal(0, address.MaxAutoPrepare);
        Assert.True(DatabaseAddress.IsPooled(address.ConnectionString));
    }

    [Fact]
    public void Normalize_OwnLimits_Win()
    {
        var address = new NpgsqlConnectionStringBuilder(
            DatabaseAddress.Normalize("Host=h;Maximum Pool Size=3;Timeout=9;Command Timeout=1")
        );
        Assert.Equal((3, 9, 1), (address.MaxPoolSize, address.Timeout, address.CommandTimeout));
    }

    [Theory]
    [InlineData("postgres://name:hunter2@")]
    [InlineData("postgres://name:hunter2@host:port/db")]
    [InlineData("hunter2")]
    [InlineData("Server Name=hunter2")]
    public void Normalize_Unreadable_IsRefusedWithoutRepeatingIt(string text)
    {
        var refused = Assert.Throws<FormatException>(() => DatabaseAddress.Normalize(text));
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host=h port=5432 user=u password=p dbname=db")]
    [InlineData("  host = h  user='u' password='p' dbname=db\tport=5432 ")]
    [InlineData("postgresql://h:5432/db?user=u&password=p")]
    [InlineData("postgresql://u:p@/db?host=h&port=5432")]
    [InlineData("postgresql:///db?host=h&user=u&password=p")]
    [InlineData("postgresql://u:p@other:1/x?host=h&port=5432&dbname=db")]
    public void Normalize_NotationsOfLibpq_AreRead(string text)
    {
        var address = new NpgsqlConnectionStringBuilder(DatabaseAddress.Normalize(text));
        Assert.Equal(("h", 5432, "u", "p", "db"), (address.Host, address.Port, address.Username, address.Password, address.Database));
    }

    [Fact]
    public void Normalize_OptionsOfLibpq_AreUnderstood()
    {
        var address = new NpgsqlConnectionStringBuilder(
            DatabaseAddress.Normalize(
                "postgresql://u@%2Fvar%2Frun%2Fpostgresql/db?channel_binding=require&sslnegotiation=direct&sslmode=verify-ca&"
                    + "sslrootcert=/ca.pem&keepalives_idle=30&schema=app"
            )
        );
        Assert.Equal(
            ("/var/run/postgresql", ChannelBinding.Require, SslMode.VerifyCA, "/ca.pem", "app"),
            (address.Host, address.ChannelBinding, address.SslMode, address.RootCertificate, address.SearchPath)
        );
        Assert.Equal((SslNegotiation.Direct, 30), (address.SslNegotiation, address.TcpKeepAliveTime));
        address = new(DatabaseAddress.Normalize("host='/tmp' user=u password='it\\'s a \\\\ secret' dbname=db"));
        Assert.Equal(("/tmp", "it's a \\ secret"), (address.Host, address.Password));
        address = new(DatabaseAddress.Normalize("postgresql://u:p@[2001:db8::1]:5433/db"));
        Assert.Equal(("2001:db8::1", 5433), (address.Host, address.Port));
    }

    [Theory]
    [InlineData("postgresql://u:hunter2@h:5432/db?sslmode=no-verify", "sslmode", "verify-full")]
    [InlineData("postgresql://u:hunter2@h1:5432,h2:5432/db?target_session_attrs=read-write", "h2", "several hosts")]
    [InlineData("postgresql://u:hunter2@h/db?host=h1,h2", "h2", "several hosts")]
    [InlineData("host=h1,h2 user=u password=hunter2", "h2", "several hosts")]
    [InlineData("Host=h1,h2;Username=u;Password=hunter2", "h2", "several hosts")]
    [InlineData("postgresql://u:hunter2@h/db?hostaddr=10.0.0.1", "hostaddr", "not understood")]
    [InlineData("postgresql://u:hunter2@h/db?sslcrl=/crl.pem", "sslcrl", "not understood")]
    [InlineData("postgresql://u:hunter2@h/db?target_session_attrs=standby", "target_session_attrs", "any")]
    [InlineData("postgresql://u:hunter2@h/db?channel_binding=hunter2", "channel_binding", "require")]
    [InlineData("postgresql://u:hunter2@h/db?client_encoding=latin1", "client_encoding", "utf8")]
    [InlineData("postgresql://u:hunter2@h/db?port=hunter2", "port", "65535")]
    [InlineData("postgresql://u:hunter2@h/db?Sslmode=require", "Sslmode", "not understood")]
    [InlineData("host=h user=u password=hunter2 sslmode=no-verify", "sslmode", "verify-full")]
    [InlineData("Host=h;Password=hunter2;Channel Bindings=require", "channel bindings", "does not know")]
    [InlineData("Host=h;Password=hunter2;SSL Mode=no-verify", "ssl mode", "cannot be used")]
    [InlineData("postgresql://u:hunter2@h/db?zzz", "zzz", "name=value")]
    [InlineData("postgresql://u:hunter2@h/db?sslmode=require&sslrootcert=system", "sslrootcert", "verify-full")]
    [InlineData("postgresql://u:hunter2@h/db?require_auth=!password", "require_auth", "scram-sha-256")]
    [InlineData("postgresql://u:hunter2@h/db?gssdelegation=1", "gssdelegation", "one of 0")]
    [InlineData("postgresql://u:p@[::1],[::2]/db", "[::2]", "several hosts")]
    [InlineData("postgresql://u:hunter2/x@h/db", "read", "percent-encode")]
    [InlineData("postgresql://u:hun,ter2/x@h/db", "read", "percent-encode")]
    [InlineData("postgresql://u:hunter2?x@h:1,h2:2/db", "read", "percent-encode")]
    [InlineData("postgresql://u:p@h:hunter2/db", "read", "percent-encode")]
    [InlineData("host=h user=u password='hunter2 dbname=db", "password", "not closed")]
    [InlineData("host=h password=hunter2 uzer=u", "uzer", "not understood")]
    [InlineData("host=h password=x hunter2 uzer=u", "unreadable", "not understood")]
    [InlineData("host=h password=hunter2 user", "a word", "name=value")]
    [InlineData("HOST=h USER=u PASSWORD=hunter2", "HOST", "not understood")]
    [InlineData("Host=h Username=u Password=hunter2", "Host", "not understood")]
    [InlineData("host=h user=u password=hunter2;", "host", "Host=…;Username=…")]
    [InlineData("Host=h user=u password=hunter2;Port=5432", "host", "Host=…;Username=…")]
    [InlineData("Host=u:hunter2@h/db;Port=5432", "host", "Host=…;Username=…")]
    [InlineData("jdbc:postgresql://u:hunter2@h/db?user=u&password=hunter2", "unreadable", "not understood")]
    [InlineData("hostaddr=1.2.3.4 user=u password=hunter2", "hostaddr", "not understood")]
    [InlineData("service=my password=hunter2", "service", "not understood")]
    public void Normalize_WhatIsNotUnderstood_IsRefusedByName(string text, string name, string remedy)
    {
        var refused = Assert.Throws<FormatException>(() => DatabaseAddress.Normalize(text));
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://u:p@h/db", "-c lock_timeout=1500")]
    [InlineData("postgresql://u:p@h/db?options=-c%20search_path%3Dapp", "-c search_path=app -c lock_timeout=1500")]
    [InlineData("postgresql://u:p@h/db?options=-c%20lock_timeout%3D9s", "-c lock_timeout=9s")]
    [InlineData("postgresql://u:p@h:6543/db", null)]
    [InlineData("postgresql://u:p@ep-x-pooler.eu.aws.neon.tech/db", null)]
    [InlineData("postgresql://u:p@aws-0-eu.pooler.supabase.com/db", null)]
    public void Normalize_LockTimeout_IsSetWhereAServerTakesIt(string text, string? options) =>
        Assert.Equal(options, new NpgsqlConnectionStringBuilder(DatabaseAddress.Normalize(text)).Options);

    [Fact]
    public void Normalize_AnyKeywordString_IsReadOrRefusedWithoutItsPassword()
    {
        string[] names = ["host", "user", "dbname", "port", "sslmode", "uzer", "Host", "channel_binding"];
        Gen.Select(Gen.Int[0, names.Length - 1].Array[0, 4], Gen.Char["ab='\\; \t,"].Array[0, 6], Gen.Bool)
            .Sample(
                (parts, noise, isQuoted) =>
                {
                    var secret = "hunter2" + string.Concat(noise);
                    var written = isQuoted
                        ? "'" + secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'"
                        : secret;
                    var text = $"host=h password={written} " + string.Join(' ', parts.Select(part => names[part] + "=x"));
                    try
                    {
                        var address = new NpgsqlConnectionStringBuilder(DatabaseAddress.Normalize(text));
                        Assert.DoesNotContain("hunter2", address.Host!, StringComparison.Ordinal);
                        Assert.True(!isQuoted || address.Password == secret, text);
                    }
                    catch (FormatException refused)
                    {
                        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
                    }
                }
            );
    }

    [Fact]
    public void Normalize_CertificateOfTheSystem_IsAskedInFull() =>
        Assert.Equal(
            SslMode.VerifyFull,
            new NpgsqlConnectionStringBuilder(DatabaseAddress.Normalize("postgresql://u:p@h/db?sslrootcert=system")).SslMode
        );

    [Fact]
    public void Normalize_AnyPassword_ComesThrough()
    {
        Gen.String.Where(text => text.Length > 0 && !text.Contains('\0') && !text.Any(char.IsSurrogate))
            .Sample(password =>
            {
                var address = DatabaseAddress.Normalize($"postgresql://u:{Uri.EscapeDataString(password)}@h/db");
                Assert.Equal(password, new NpgsqlConnectionStringBuilder(address).Password);
            });
    }

    [Theory]
    [InlineData("redis://:p%40ss@cache:6380/2", "cache:6380", "p@ss", false)]
    [InlineData("rediss://name:pw@cache", "cache:6379", "pw", true)]
    [InlineData("cache:7000,password=pw", "cache:7000", "pw", false)]
    public void Redis_Notations_AreRead(string text, string endpoint, string password, bool ssl)
    {
        var options = StackExchange.Redis.ConfigurationOptions.Parse(RedisAddress.Normalize(text));
        Assert.Equal((endpoint, password, ssl), (EndPoint(options.EndPoints[0]), options.Password, options.Ssl));
    }

    private static string EndPoint(System.Net.EndPoint endPoint) =>
        endPoint is System.Net.DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : endPoint.ToString()!;
}
