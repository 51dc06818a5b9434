using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using YtOptimizer.Tests.Realtime;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Browser;

/// <summary>
/// A page of another origin that behaves as the existing single-page app does, with its version of socket.io-client. No worker runs: the
/// test says what happens to jobs.
/// </summary>
public sealed class AppFixture : BrowserFixture
{
    private static readonly string Clients = Repository.PathOf("YtOptimizer.Tests", "Realtime", "node", "node_modules");
    private static readonly string App = Repository.PathOf("YtOptimizer.Tests", "Browser", "App");
    private WebApplication? site;

    protected override Dictionary<string, string?> Settings => new() { ["CORS_ORIGINS"] = site!.Urls.First() };

    protected override bool HasWorker => false;

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(await NodeSocket.InstallAsync() is not null, "socket.io-client is needed.");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        site = builder.Build();
        site.Run(context => SendAsync(context.Response, context.Request.Path));
        await site.StartAsync(TestContext.Current.CancellationToken);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (site is not null)
        {
            await site.DisposeAsync();
        }
    }

    /// <summary>One more tab.</summary>
    internal async Task<IPage> TabAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(site!.Urls.First() + "/?api=" + Uri.EscapeDataString(Address.ToString().TrimEnd('/')));
        return page;
    }

    /// <summary>A tab of a new browser in which the user has signed in, with both sockets open.</summary>
    internal async Task<IPage> SignedInAsync(ApiUser user)
    {
        var page = await TabAsync(await NewContextAsync());
        await page.EvaluateAsync("([email, password]) => app.signIn(email, password)", new[] { user.Email, user.Password });
        await ConnectedAsync(page);
        return page;
    }

    internal static Task ConnectedAsync(IPage page) =>
        page.WaitForFunctionAsync("() => app.notifications?.connected && app.queue?.connected");

    private static Task SendAsync(HttpResponse response, PathString path)
    {
        var (type, file) = path.Value switch
        {
            "/" => ("text/html", Path.Combine(App, "index.html")),
            "/app.js" => ("text/javascript", Path.Combine(App, "app.js")),
            "/socket.io.js" => ("text/javascript", Path.Combine(Clients, "client-app", "dist", "socket.io.min.js")),
            _ => ("", ""),
        };
        response.ContentType = type;
        response.StatusCode = file.Length > 0 ? 200 : 404;
        return file.Length > 0 ? response.SendFileAsync(file) : Task.CompletedTask;
    }
}
