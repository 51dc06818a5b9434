using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Contracts;

/// <summary>A running API and its OpenAPI document.</summary>
public sealed class OpenApiFixture : ApiFixture
{
    private JsonDocument? document;

    public JsonElement Document => document!.RootElement;

    /// <summary>Method, path template and operation object of every operation.</summary>
    public IEnumerable<(string Method, string Path, JsonElement Operation)> Operations() => OperationsOf(Document);

    public static IEnumerable<(string Method, string Path, JsonElement Operation)> OperationsOf(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name is "get" or "put" or "post" or "delete" or "patch" or "head"
        select (operation.Name.ToUpperInvariant(), path.Name, operation.Value);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        using var client = Anonymous();
        document = JsonDocument.Parse(
            await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken)
        );
    }
}
