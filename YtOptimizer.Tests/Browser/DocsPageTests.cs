using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace YtOptimizer.Tests.Browser;

/// <summary>The API's documentation page in a real browser.</summary>
public sealed class DocsPageTests(DocsPageTests.Fixture browser) : IClassFixture<DocsPageTests.Fixture>
{
    public sealed class Fixture : BrowserFixture
    {
        protected override bool HasWorker => false;
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task DocsPage_IsReadable_AndNamesItsLanguage(ColorScheme scheme)
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(browser.Address, "/api").ToString());
        // The first chapter is open; the others open when they are asked for.
        await page.GetByText("Create an account").First.WaitForAsync();
        Assert.Equal("en", await page.GetAttributeAsync("html", "lang"));
        var result = await page.RunAxe();
        var wrong = result
            .Violations.Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation =>
                violation.Nodes.Take(4).Select(node => $"{violation.Id}: {node.Html} {node.Any.FirstOrDefault()?.Message}")
            )
            .ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
