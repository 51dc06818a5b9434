using static YtOptimizer.Tests.Mcp.McpFixture;

namespace YtOptimizer.Tests.Mcp;

/// <summary>Tools spend the rate budget of the endpoint they call.</summary>
public sealed class McpBudgetTests
{
    [Fact]
    public async Task Budget_OfTheEndpoint_IsSharedByToolsAndHttp()
    {
        await using var api = new McpFixture();
        api.With(new Dictionary<string, string?> { ["RATE_LIMIT_ANALYZE_VIDEO"] = "2/1h" });
        await api.InitializeAsync();
        var user = await api.CreateUserAsync();
        await using var client = await api.ConnectAsync(user);
        var first = await CallAsync(client, "submit_video", new { url = "dQw4w9WgXcQ", tone = "one" });
        Assert.False(first.IsError ?? false, Text(first));
        await Features.Jobs.JobCalls.SubmitAsync(user);
        var third = await CallAsync(client, "submit_video", new { url = "dQw4w9WgXcQ", tone = "three" });
        Assert.True(third.IsError);
        Assert.StartsWith("rate_limited: Too many requests (2 allowed", Text(third), StringComparison.Ordinal);
        Assert.Contains("Try again after", Text(third), StringComparison.Ordinal);
    }
}
