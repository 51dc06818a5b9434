using Microsoft.Playwright;
using YtOptimizer.Tests.Realtime;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Browser;

/// <summary>
/// A page of another origin that behaves as the existing single-page app does, with its version of socket.io-client. No worker runs: the test
/// says what happens to jobs.
/// </summary>
public sealed class AppFixture : BrowserFixture
{
    private static readonly Uri Origin = new("http://127.0.0.1:4200/");

    protected override Dictionary<string, string?> Settings => new() { ["CORS_ORIGINS"] = Origin.ToString().TrimEnd('/') };

    protected override bool HasWorker => false;

    internal async Task<IBrowserContext> NewBrowserAsync()
    {
        Assert.SkipWhen(await NodeSocket.InstallAsync() is { } problem, "socket.io-client is needed.");
        var context = await NewContextAsync();
        await context.RouteAsync(Origin + "**", route => route.FulfillAsync(new RouteFulfillOptions { Path = FileOf(route.Request.Url) }));
        return context;
    }

    /// <summary>One more tab.</summary>
    internal async Task<IPage> TabAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(Origin + "?api=" + Uri.EscapeDataString(Address.ToString().TrimEnd('/')));
        return page;
    }

    /// <summary>A tab of a new browser in which the user has signed in, with both sockets open.</summary>
    internal async Task<IPage> SignedInAsync(ApiUser user)
    {
        var page = await TabAsync(await NewBrowserAsync());
        await page.EvaluateAsync("([email, password]) => app.signIn(email, password)", new[] { user.Email, user.Password });
        await ConnectedAsync(page);
        return page;
    }

    internal static Task ConnectedAsync(IPage page) =>
        page.WaitForFunctionAsync("() => app.notifications?.connected && app.queue?.connected");

    private static string FileOf(string url) =>
        new Uri(url).AbsolutePath switch
        {
            "/" => Repository.PathOf("YtOptimizer.Tests", "Browser", "App", "index.html"),
            "/app.js" => Repository.PathOf("YtOptimizer.Tests", "Browser", "App", "app.js"),
            _ => Repository.PathOf("YtOptimizer.Tests", "Realtime", "node", "node_modules", "client-app", "dist", "socket.io.min.js"),
        };
}
