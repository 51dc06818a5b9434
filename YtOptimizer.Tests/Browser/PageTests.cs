using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Browser;

/// <summary>The page at /, from registration to a copied title, as a visitor meets it.</summary>
public sealed class PageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Link = "https://www.youtube.com/watch?v=1qpVkh61meM";
    private const string Title = "Pumpkin Bread - You Suck at Cooking (episode 81)";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Visitor_FromRegistration_ToACopiedTitle()
    {
        var (page, errors) = await fixture.VisitAsync(new BrowserNewContextOptions { Permissions = ["clipboard-read", "clipboard-write"] });
        await AccessibleAsync(page);
        await AskAsync(page, Title);
        await AccessibleAsync(page);
        await RegisterAsync(page, $"page-{Guid.CreateVersion7():N}@example.com");

        await page.WaitForSelectorAsync("#result:not([hidden])");
        await AccessibleAsync(page);
        Assert.Equal(Title, await page.TextContentAsync("#result-title"));
        var title = await page.Locator(".suggestion .text").First.TextContentAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Copy title" }).First.ClickAsync();
        Assert.Equal(title, await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        Assert.Empty(errors);

        // A reload keeps the session (by cookie, nothing secret in the storage) and finds the analysis in the history.
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("#who:not([hidden])");
        Assert.DoesNotContain("ey", await page.EvaluateAsync<string>("() => JSON.stringify(localStorage)"), StringComparison.Ordinal);
        await page.ClickAsync("#open-history");
        Assert.Equal(Title, await page.TextContentAsync("#history-list .link"));

        await page.ClickAsync("#sign-out");
        await page.WaitForSelectorAsync("#sign-in:not([hidden])");
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Progress_IsToldByTheStream_AlsoAfterTheConnectionWasLost()
    {
        var (page, _) = await fixture.VisitAsync();
        var email = $"page-{Guid.CreateVersion7():N}@example.com";
        await page.ClickAsync("#sign-in");
        await page.ClickAsync("#sign-switch");
        await RegisterAsync(page, email);
        await page.WaitForSelectorAsync("#who:not([hidden])");

        // The status route is closed, so whatever is shown came by the stream; the network goes away for a moment in between.
        await page.RouteAsync("**/api/v1/analyze/job/*/status", route => route.AbortAsync());
        await page.Context.SetOfflineAsync(true);
        await page.Context.SetOfflineAsync(false);
        await AskAsync(page, Title);
        await page.WaitForSelectorAsync("#result:not([hidden])");
        Assert.Equal(Title, await page.TextContentAsync("#result-title"));
    }

    [Fact]
    public async Task BadInput_IsExplainedInPlace_AndNothingIsLost()
    {
        var (page, _) = await fixture.VisitAsync();
        await page.ClickAsync("#submit");
        Assert.Contains("link of the video", await page.TextContentAsync("#form-error"), StringComparison.OrdinalIgnoreCase);

        await page.FillAsync("#url", "https://example.com/nothing");
        await page.ClickAsync("#submit");
        await RegisterAsync(page, $"page-{Guid.CreateVersion7():N}@example.com");
        await page.WaitForFunctionAsync("() => document.getElementById('form-error').textContent.includes('YouTube')");
        Assert.Equal("https://example.com/nothing", await page.InputValueAsync("#url"));
        Assert.True(await page.IsVisibleAsync("#who"));
    }

    [Fact]
    public async Task EndedSession_IsTold_WithoutAReload()
    {
        var (page, _) = await fixture.VisitAsync();
        var email = $"page-{Guid.CreateVersion7():N}@example.com";
        await page.ClickAsync("#sign-in");
        await page.ClickAsync("#sign-switch");
        await RegisterAsync(page, email);
        await page.WaitForSelectorAsync("#who:not([hidden])");

        await fixture.Database.Db.ExecuteAsync(
            "UPDATE profiles SET token_version = token_version + 1 WHERE email = @email",
            new { email },
            Ct
        );
        await page.WaitForSelectorAsync("#sign-in:not([hidden])");
    }

    [Fact]
    public async Task RightToLeft_AndPhone_FitTheScreen()
    {
        var (page, errors) = await fixture.VisitAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = 390, Height = 844 },
                ColorScheme = ColorScheme.Dark,
            }
        );
        await AskAsync(page, "طريقة عمل الكنافة بالجبن في البيت خطوة بخطوة");
        await RegisterAsync(page, $"page-{Guid.CreateVersion7():N}@example.com");
        await page.WaitForSelectorAsync("#result:not([hidden])");
        await AccessibleAsync(page);
        Assert.DoesNotContain("Keep yours: Keep yours", await page.TextContentAsync("#result"), StringComparison.Ordinal);
        Assert.Equal("rtl", await page.EvaluateAsync<string>("() => getComputedStyle(document.getElementById('result-title')).direction"));
        Assert.Equal(390, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(errors);
    }

    private static async Task AskAsync(IPage page, string title)
    {
        await page.FillAsync("#url", Link);
        await page.ClickAsync("#more summary");
        await page.FillAsync("#title", title);
        await page.FillAsync(
            "#description",
            "How to make pumpkin bread with brown sugar and walnuts at home. Sift the flour, soda and spice, mix butter and brown sugar, "
                + "bake for an hour."
        );
        await page.FillAsync("#tags", "pumpkin bread, baking, recipe");
        await page.ClickAsync("#submit");
    }

    private static async Task RegisterAsync(IPage page, string email)
    {
        await page.WaitForSelectorAsync("#sign[open]");
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", ApiFixture.Password);
        await page.ClickAsync("#sign-submit");
        await page.WaitForSelectorAsync("#sign:not([open])", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
    }

    /// <summary>Nothing that axe calls serious or critical.</summary>
    private static async Task AccessibleAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.Empty(
            result
                .Violations.Where(violation => violation.Impact is "serious" or "critical")
                .Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}")
        );
    }
}
