using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using YtOptimizer.Tests.Realtime;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Mcp;

/// <summary>The API on a real port, and the protocol's own client.</summary>
public sealed class McpFixture : LiveApiFixture
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Uri Endpoint => new(Address, "/mcp");

    public async Task<McpClient> ConnectAsync(ApiUser user) =>
        await McpClient.CreateAsync(
            new HttpClientTransport(
                new HttpClientTransportOptions
                {
                    Endpoint = Endpoint,
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {user.AccessToken}" },
                }
            ),
            cancellationToken: Ct
        );

    public static async Task<CallToolResult> CallAsync(
        McpClient client,
        string tool,
        object arguments,
        IProgress<ProgressNotificationValue>? progress = null
    ) =>
        await client.CallToolAsync(
            tool,
            arguments.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(arguments)),
            progress,
            cancellationToken: Ct
        );

    public static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
}
