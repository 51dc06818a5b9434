using CsCheck;
using Npgsql;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.Tests.ServiceDefaults;

public class DatabaseAddressTests
{
    [Fact]
    public void Normalize_Url_ReadsEveryPart()
    {
        var address = new NpgsqlConnectionStringBuilder(DatabaseAddress.Normalize("postgresql://ann%40x:p%3Aw%2F%3F@db.example.com:6432/my%20db?sslmode=verify-full&application_name=app&connection_limit=7", "other"));
        Assert.Equal(("ann@x", "p:w/?", "db.example.com", 6432, "my db"), (address.Username, address.Password, address.Host, address.Port, address.Database));
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
        var address = new NpgsqlConnectionStringBuilder(DatabaseAddress.Normalize("Host=h;Maximum Pool Size=3;Timeout=9;Command Timeout=1"));
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

    [Fact]
    public void Normalize_AnyPassword_ComesThrough()
    {
        Gen.String.Where(text => text.Length > 0 && !text.Contains('\0') && !text.Any(char.IsSurrogate)).Sample(password =>
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

    private static string EndPoint(System.Net.EndPoint endPoint) => endPoint is System.Net.DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : endPoint.ToString()!;
}
