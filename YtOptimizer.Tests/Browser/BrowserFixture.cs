using Microsoft.Playwright;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Browser;

/// <summary>One real API process, one real worker process, one database, and the system's Chromium.</summary>
public class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // A closed network: no background requests of the browser itself.
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private TestDatabase? database;
    private FakeUpstreams? upstreams;
    private ApiProcesses? api;
    private StartedWorker? worker;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Settings of the API process beside those of every test.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    protected virtual bool HasWorker => true;

    public TestDatabase Database => database!;

    internal FakeUpstreams Upstreams => upstreams!;

    public Uri Address => api!.Clients[0].BaseAddress!;

    public virtual async ValueTask InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable("CHROMIUM") ?? Programs.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "No Chromium on this machine: install the package chromium, or name the program in CHROMIUM.");
        var ct = TestContext.Current.CancellationToken;
        database = await TestDatabase.CreateAsync(ct);
        upstreams = await FakeUpstreams.StartAsync(ct);
        upstreams.OEmbed.Default = FakeReply.Status(404);
        api = await ApiProcesses.StartAsync(1, database, new Dictionary<string, string?>(Settings) { ["YOUTUBE_OEMBED_URL"] = "" });
        worker = HasWorker ? StartedWorker.Start(database, upstreams, ("AI_ENABLED", "false")) : null;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Arguments });
    }

    public Task<ApiUser> CreateUserAsync() => api!.CreateUserAsync();

    /// <summary>A browser of its own: no cookies, nothing stored.</summary>
    internal async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null)
    {
        var context = await browser!.NewContextAsync(options ?? new BrowserNewContextOptions());
        context.SetDefaultTimeout(30_000);
        return context;
    }

    /// <summary>A page as a new visitor sees it. Errors of its scripts are collected.</summary>
    internal async Task<(IPage Page, List<string> Errors)> VisitAsync(BrowserNewContextOptions? options = null)
    {
        var context = await NewContextAsync(options);
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };
        await page.GotoAsync(Address.ToString());
        await page.WaitForSelectorAsync("html[data-ready]");
        return (page, errors);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        foreach (var part in (IAsyncDisposable?[])[worker, api, upstreams, database])
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }
}
