using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.AppHost.LocalRuntime.Dashboard;

namespace YtOptimizer.Tests.AppHost.Dashboard;

/// <summary>A running application with one resource that has a command, and its dashboard.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    public const string Resource = "greeting";
    public const string Secret = "dummy-secret-value";
    private readonly ConcurrentQueue<string> _links = new();
    private DistributedApplication? _application;
    private DashboardServer? _dashboard;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>A session cookie.</summary>
    public string Session { get; private set; } = "";

    internal IReadOnlyCollection<string> Links => _links;

    internal Uri Address => _dashboard!.Address;

    internal IResource Model { get; private set; } = null!;

    internal ResourceNotificationService Notifications => _application!.ResourceNotifications;

    internal ResourceLoggerService Loggers => _application!.Services.GetRequiredService<ResourceLoggerService>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.Configuration[$"Parameters:{Resource}"] = Secret;
        Model = builder.AddParameterFromConfiguration(Resource, $"Parameters:{Resource}", secret: true)
            .WithCommand("greet", "Greet", context => Task.FromResult(CommandResults.Success($"Hello from {context.ResourceName}.")), new CommandOptions { ConfirmationMessage = "Really?" })
            .WithCommand("break", "Break", _ => throw new InvalidOperationException("It broke."))
            .Resource;
        _application = await builder.BuildAsync(Token);
        await _application.StartAsync(Token);
        _dashboard = await StartDashboardAsync(_links.Enqueue);
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };
        using var answer = await SignInAsync(TokenOf(_links.Last()));
        Session = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _dashboard!.DisposeAsync();
        await _application!.DisposeAsync();
    }

    public static string TokenOf(string link) => link[(link.IndexOf("t=", StringComparison.Ordinal) + 2)..];

    internal Task<DashboardServer> StartDashboardAsync(Action<string> announce) => DashboardServer.StartAsync(
        Notifications, Loggers, _application!.ResourceCommands, null, announce, Token);

    public async Task<HttpResponseMessage> SignInAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/login") { Content = new StringContent(token) };
        request.Headers.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        return await Http.SendAsync(request, Token);
    }

    /// <summary>Sends a request as the page does, with changes.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", Session);
        request.Headers.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        change?.Invoke(request);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    /// <summary>Reads a stream of events until one satisfies <paramref name="until"/>; gives all that was read.</summary>
    public async Task<string> ReadEventsAsync(string path, Func<JsonElement, bool> until)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        using var answer = (await SendAsync(HttpMethod.Get, path)).EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var read = new StringBuilder();
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync(limit.Token)).EnumerateAsync(limit.Token))
        {
            read.AppendLine(item.Data);
            if (until(JsonDocument.Parse(item.Data).RootElement))
            {
                return read.ToString();
            }
        }

        throw new InvalidOperationException("The stream ended early: " + read);
    }
}
