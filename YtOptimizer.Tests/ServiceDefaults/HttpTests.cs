using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using YtOptimizer.ServiceDefaults.Health;
using YtOptimizer.ServiceDefaults.Logging;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.ServiceDefaults;

/// <summary>Health endpoints, correlation and the request line of a small web application on a real port.</summary>
public sealed partial class HttpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_DatabaseUp_IsHealthyInTheContractsShape()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var app = await SmallApp.StartAsync(database.ConnectionString);
        var (status, body) = await app.JsonAsync("/health");
        Assert.Equal(
            (HttpStatusCode.OK, "healthy", "production"),
            (status, body.GetProperty("status").GetString(), body.GetProperty("environment").GetString())
        );
        Assert.True(body.GetProperty("uptime").GetDouble() >= 0);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", body.GetProperty("timestamp").GetString()!);
        Assert.All(["heapUsed", "heapTotal", "rss", "external"], figure =>
            Assert.True(body.GetProperty("memory").GetProperty(figure).GetInt64() >= 0)
        );
        Assert.All(["memory", "cpu", "process"], figure =>
            Assert.Equal(JsonValueKind.Object, body.GetProperty("metrics").GetProperty(figure).ValueKind)
        );
        var service = body.GetProperty("services").GetProperty("database");
        Assert.Equal("healthy", service.GetProperty("status").GetString());
        Assert.True(service.GetProperty("responseTime").GetDouble() >= 0);
        Assert.Equal("healthy", body.GetProperty("services").GetProperty("redis").GetProperty("status").GetString());
        Assert.Equal("""{"status":"ready","ready":true}""", await app.TextAsync("/health/readiness"));
        Assert.Equal("""{"status":"ok"}""", await app.TextAsync("/health/liveness"));
        Assert.Equal("""{"status":"ok"}""", await app.TextAsync("/alive"));
    }

    [Fact]
    public async Task Health_DependenciesThatNeverAnswer_AreReportedFromTheCache()
    {
        using var blackHole = new BlackHole();
        await using var app = await SmallApp.StartAsync(
            $"Host=127.0.0.1;Port={blackHole.Port};Username=u;Password=p;Database=d",
            new() { ["REDIS_URL"] = $"redis://127.0.0.1:{blackHole.Port}" }
        );
        var (status, body) = await app.JsonAsync("/health");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), (status, body.GetProperty("status").GetString()));
        Assert.Equal("unhealthy", body.GetProperty("services").GetProperty("database").GetProperty("status").GetString());
        Assert.Equal("degraded", body.GetProperty("services").GetProperty("redis").GetProperty("status").GetString());

        // From now on requests cost nothing: far more than probes could be made in this time are answered.
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await app.JsonAsync("/health/readiness")).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await app.JsonAsync("/alive")).Status);
    }

    [Fact]
    public async Task Health_ServiceOfAFeature_DegradesOrFails()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        var state = HealthStatus.Unhealthy;
        await using var app = await SmallApp.StartAsync(database.ConnectionString, null, services =>
        {
            services.AddServiceHealth("upstream", (_, _) => Task.FromResult(new HealthCheckResult(state, "as told")));
            services.AddServiceHealth("hanging", (_, _) => new TaskCompletionSource<HealthCheckResult>().Task);
        });
        var (status, body) = await app.JsonAsync("/health");
        Assert.Equal((HttpStatusCode.OK, "degraded"), (status, body.GetProperty("status").GetString()));
        Assert.Equal("as told", body.GetProperty("services").GetProperty("upstream").GetProperty("message").GetString());
        state = HealthStatus.Healthy;
        await Eventually.TrueAsync(
            async () =>
                (await app.JsonAsync("/health")).Body.GetProperty("services").GetProperty("upstream").GetProperty("status").GetString()
                == "healthy",
            "recovery is seen"
        );
        var hanging = (await app.JsonAsync("/health")).Body.GetProperty("services").GetProperty("hanging");
        Assert.Equal(
            ("degraded", "no answer within 1000 ms"),
            (hanging.GetProperty("status").GetString(), hanging.GetProperty("message").GetString())
        );
    }

    [Fact]
    public async Task RequestLine_HasTheContractsFields()
    {
        await using var app = await SmallApp.StartAsync();
        await app.TextAsync("/hello?token=canary-secret", ("X-Correlation-Id", "job-42.a"));
        var line = await app.LineAsync("/hello");
        Assert.Matches(RequestLine(), line);
        var fields = line.Split(' ');
        Assert.Equal(
            ("http", "duration", "GET", "/hello", "200", "user:0199-abc", "ip:127.0.0.1", "cid:job-42.a"),
            (fields[2], fields[3], fields[5], fields[6], fields[7], fields[8], fields[9], fields[10])
        );
        Assert.Equal(fields[4], fields[^1]);
        Assert.DoesNotContain("canary-secret", app.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/fail", 500, "ERROR")]
    [InlineData("/limited", 429, "WARN")]
    [InlineData("/nowhere", 404, "INFO", "/*")]
    public async Task RequestLine_LevelFollowsTheStatus(string path, int status, string level, string? logged = null)
    {
        logged ??= path;
        await using var app = await SmallApp.StartAsync();
        await app.TextAsync(path);
        Assert.Contains($" GET {logged} {status} ", await app.LineAsync(logged), StringComparison.Ordinal);
        Assert.Matches($"Z {level} http duration [0-9.]+ ", await app.LineAsync(logged));
    }

    [Fact]
    public async Task RequestLine_ForgedLineInThePath_StaysOneLine()
    {
        await using var app = await SmallApp.StartAsync();
        await app.TextAsync("/x%0d%0a2026-01-01T00:00:00.000Z%20ERROR%20forged%1b%5b31m");
        await app.LineAsync("/*");
        Assert.DoesNotContain(app.Log.Split('\n'), line => line.StartsWith("2026-01-01", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', app.Log);
    }

    [Fact]
    public async Task RequestLine_WhatSomebodyWroteIntoThePath_IsNotWritten()
    {
        await using var app = await SmallApp.StartAsync();
        await app.TextAsync("/hello/hunter2secret/42/0199b3f0-0000-7000-8000-000000000000/my%20password");
        await app.LineAsync("/hello/*/42/0199b3f0-0000-7000-8000-000000000000/*");
        Assert.DoesNotContain("hunter2secret", app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("password", app.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc-123", true)]
    [InlineData("a b", false)]
    [InlineData("x\u001b[31m", false)]
    [InlineData("", false)]
    public async Task Correlation_WellFormedIdsAreKept_OthersReplaced(string sent, bool kept)
    {
        await using var app = await SmallApp.StartAsync();
        var answered = await app.CorrelationAsync("/hello", sent);
        Assert.Equal(kept, answered == sent);
        Assert.Matches("^[A-Za-z0-9._:-]{1,128}$", answered);
    }

    [Fact]
    public async Task Correlation_TraceParent_IsTheIdOfTheRequestAndOfItsErrors()
    {
        await using var app = await SmallApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/fail");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var response = await app.Client.SendAsync(request, Ct);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", Assert.Single(response.Headers.GetValues("X-Correlation-Id")));
        Assert.Contains("cid:0af7651916cd43dd8448eb211c80319c", await app.LineAsync("/fail"), StringComparison.Ordinal);
    }

    [Fact]
    public void CorrelationIds_LongerThan128_AreNotValid()
    {
        Assert.True(CorrelationId.IsValid(new string('a', 128)));
        Assert.False(CorrelationId.IsValid(new string('a', 129)));
    }

    [Fact]
    public void LogFormats_AnyMessage_IsOneRecordOfOneLine()
    {
        Gen.String.Sample(message =>
        {
            using var text = new StringWriter();
            using var json = new StringWriter();
            var entry = new LogEntry<string>(LogLevel.Warning, "category", 0, message, null, (state, _) => state);
            new LineFormatter(TimeProvider.System).Write(entry, null, text);
            new JsonLineFormatter(TimeProvider.System).Write(entry, null, json);
            Assert.Single(text.ToString().TrimEnd('\n').Split('\n'));
            Assert.DoesNotContain(text.ToString().TrimEnd('\n'), char.IsControl);
            Assert.Single(json.ToString().TrimEnd('\n').Split('\n'));
            Assert.Equal("WARN", JsonDocument.Parse(json.ToString()).RootElement.GetProperty("level").GetString());
        });
    }

    [Fact]
    public void LogFormat_Exception_CannotForgeALine()
    {
        using var writer = new StringWriter();
        new LineFormatter(TimeProvider.System).Write(
            new LogEntry<string>(
                LogLevel.Critical,
                "category",
                0,
                "failed",
                new InvalidOperationException("a\r\n2026-01-01T00:00:00.000Z ERROR forged"),
                (state, _) => state
            ),
            null,
            writer
        );
        var lines = writer.ToString().TrimEnd('\n').Split('\n');
        Assert.Contains(" ERROR category: failed", lines[0], StringComparison.Ordinal);
        Assert.All(lines.Skip(1), line => Assert.StartsWith("    ", line, StringComparison.Ordinal));
    }

    [GeneratedRegex(
        @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [A-Z]+ http duration [0-9.]+ [A-Z]+ \S+ \d{3} user:\S+ ip:[0-9.]+ cid:\S+ [0-9.]+$"
    )]
    private static partial Regex RequestLine();

    /// <summary>Accepts connections and never says a word.</summary>
    private sealed class BlackHole : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public BlackHole() => listener.Start();

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public void Dispose() => listener.Dispose();
    }
}
