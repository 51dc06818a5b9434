using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Upstreams.Http;

namespace YtOptimizer.Core.Accounts;

/// <summary>What a hit in the breach list means for a new password.</summary>
public enum BreachMode
{
    /// <summary>Looked up after the answer; the owner is advised at the next sign-in.</summary>
    Warn,

    /// <summary>Refused.</summary>
    Block,

    /// <summary>Never looked up.</summary>
    Off,
}

public sealed class BreachOptions
{
    public const string Section = "BreachCheck";

    [Description(
        "block refuses breached passwords, warn advises their owners, off asks nobody; the embedded list of common passwords always counts"
    )]
    public BreachMode Mode { get; set; } = BreachMode.Warn;

    [Description("the range API of Have I Been Pwned or a mirror of it")]
    public Uri BaseUrl { get; set; } = new("https://api.pwnedpasswords.com");
}

/// <summary>
/// How often a password appears in known breaches, by the k-anonymity range API of Have I Been Pwned: five hex digits of the SHA-1
/// leave the process, padded answers hide which range was asked for. Out of reach means unknown, never an error.
/// </summary>
public sealed partial class BreachCheck(
    IHttpClientFactory clients,
    IOptions<BreachOptions> options,
    TimeProvider time,
    ILogger<BreachCheck> logger
)
{
    public const string ClientName = "breach-check";
    private const int MaxCachedRanges = 500;
    private const int MaxAnswerBytes = 1024 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CacheFor = TimeSpan.FromHours(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (string Text, DateTimeOffset Until)> ranges = new(StringComparer.Ordinal);
    private long pausedUntil;

    public BreachMode Mode => options.Value.Mode;

    /// <summary>What the list is searched by.</summary>
    public static string Key(string password)
    {
#pragma warning disable CA5350 // The list is indexed by SHA-1; nothing is protected by it here.
        return Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
    }

    /// <summary>Null when unknown: switched off, out of reach, or answering nonsense.</summary>
    public Task<int?> CountAsync(string password, CancellationToken ct) => CountByKeyAsync(Key(password), ct);

    public async Task<int?> CountByKeyAsync(string key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Mode == BreachMode.Off || await RangeAsync(key[..5], ct) is not { } range)
        {
            return null;
        }

        foreach (var line in range.AsSpan().EnumerateLines())
        {
            if (line.Length > 36 && line[35] == ':' && line[..35].Equals(key.AsSpan(5), StringComparison.OrdinalIgnoreCase))
            {
                return int.TryParse(line[36..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
            }
        }

        return 0;
    }

    private async Task<string?> RangeAsync(string prefix, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (ranges.TryGetValue(prefix, out var cached) && cached.Until > now)
        {
            return cached.Text;
        }

        // After a failure nobody waits for the next minute.
        if (now.UtcTicks < Interlocked.Read(ref pausedUntil))
        {
            return null;
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Timeout);
            using var client = clients.CreateClient(ClientName);
            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                new Uri($"{options.Value.BaseUrl.ToString().TrimEnd('/')}/range/{prefix}")
            );
            request.Headers.Add("Add-Padding", "true");
            using var response = await client.SendAsync(request, limit.Token);
            response.EnsureSuccessStatusCode();
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            if (ranges.Count >= MaxCachedRanges)
            {
                ranges.Clear();
            }

            ranges[prefix] = (text, now + CacheFor);
            return text;
        }
        catch (Exception error)
            when (error is HttpRequestException or TaskCanceledException or InvalidOperationException && !ct.IsCancellationRequested)
        {
            Interlocked.Exchange(ref pausedUntil, (now + Pause).UtcTicks);
            Log.OutOfReach(logger, error.GetType().Name);
            return null;
        }
    }

    internal static void Configure(OutboundOptions outbound, IServiceProvider provider)
    {
        outbound.AlsoChosen = [provider.GetRequiredService<IOptions<BreachOptions>>().Value.BaseUrl];
        outbound.ConnectTimeout = Timeout;
        outbound.TotalTimeout = Timeout + TimeSpan.FromSeconds(1);
        outbound.MaxResponseBytes = MaxAnswerBytes;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1030,
            Level = LogLevel.Warning,
            Message = "The breach list is out of reach ({Reason}); passwords are checked against the embedded list only"
        )]
        public static partial void OutOfReach(ILogger logger, string reason);
    }
}

public static class BreachCheckSetup
{
    public static IServiceCollection AddBreachCheck(this IServiceCollection services)
    {
        services.AddOutboundHttpClient(BreachCheck.ClientName, BreachCheck.Configure);
        services.AddSingleton<BreachCheck>();
        return services;
    }
}
