using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using YtOptimizer.ServiceDefaults.Logging;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.ServiceDefaults;

/// <summary>A web application that has the service defaults, a handful of routes and nothing else, on a port of its own; its log is kept as
/// production would print it.</summary>
internal sealed class SmallApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lines lines;

    private SmallApp(WebApplication app, Lines lines)
    {
        this.app = app;
        this.lines = lines;

        // The client shares the process, and its tracing would replace a test's traceparent.
        Client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public string Log => string.Concat(lines.Written);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<SmallApp> StartAsync(
        string connectionString = "Host=127.0.0.1;Port=1",
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? configure = null
    )
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection([
            new("ConnectionStrings:ytoptimizer", connectionString),
            new("urls", "http://127.0.0.1:0"),
        ]);
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.AddServiceDefaults();
        builder.Services.AddProblemDetails();
        configure?.Invoke(builder.Services);
        var lines = new Lines();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(lines);
        var app = builder.Build();
        app.UseExceptionHandler();
        app.MapDefaultEndpoints();
        app.MapGet("/hello", (HttpContext context) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "0199-abc")], "test"));
            return "hello";
        });
        app.MapGet("/fail", string () => throw new InvalidOperationException("as asked"));
        app.MapGet("/limited", () => Results.StatusCode(429));
        await app.StartAsync(Ct);
        return new SmallApp(app, lines);
    }

    public async Task<string> TextAsync(string path, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(path, headers);
        return await response.Content.ReadAsStringAsync(Ct);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> JsonAsync(string path)
    {
        using var response = await SendAsync(path);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(Ct)).RootElement);
    }

    public async Task<string> CorrelationAsync(string path, string sent)
    {
        using var response = await SendAsync(path, ("X-Correlation-Id", sent));
        return Assert.Single(response.Headers.GetValues("X-Correlation-Id"));
    }

    /// <summary>The request line of <paramref name="path"/>: it is written after the client has its answer.</summary>
    public async Task<string> LineAsync(string path) =>
        (
            await Eventually.ValueAsync(
                () =>
                    Task.FromResult(
                        lines.Written.FirstOrDefault(line =>
                            line.Contains(" http duration ", StringComparison.Ordinal) && line.Contains(path, StringComparison.Ordinal)
                        )
                    ),
                "the request line of " + path
            )
        ).TrimEnd('\n');

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request, Ct);
    }

    /// <summary>Writes every record with the formatter of production.</summary>
    private sealed class Lines : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider? scopes;

        public ConcurrentQueue<string> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

        public void Dispose() { }

        private sealed class Logger(Lines owner, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => owner.scopes?.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel,
                EventId eventId,
                TState state,
                Exception? exception,
                Func<TState, Exception?, string> formatter
            )
            {
                using var writer = new StringWriter();
                new JsonLineFormatter(TimeProvider.System).Write(
                    new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter),
                    owner.scopes,
                    writer
                );
                owner.Written.Enqueue(writer.ToString());
            }
        }
    }
}
