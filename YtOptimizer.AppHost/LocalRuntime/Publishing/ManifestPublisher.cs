using System.Text.Json;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace YtOptimizer.AppHost.LocalRuntime.Publishing;

/// <summary>Writes the application's manifest: <c>--operation publish --step publish-manifest --output-path FILE</c>.</summary>
internal static class ManifestPublisher
{
    /// <exception cref="DistributedApplicationException">The arguments do not say what to publish or where.</exception>
    public static async Task PublishAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        if (configuration["step"] is { Length: > 0 } step && !string.Equals(step, "publish-manifest", StringComparison.OrdinalIgnoreCase))
        {
            throw new DistributedApplicationException($"The local runtime has no publish step '{step}', only publish-manifest: build with UseAspire=true for the others.");
        }

        var path = configuration["output-path"]
            ?? throw new DistributedApplicationException("Say where the manifest goes: --output-path FILE.");
        path = Path.GetFullPath(Directory.Exists(path) ? Path.Combine(path, "aspire-manifest.json") : path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = File.Create(path);
        await using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        var context = new ManifestPublishingContext(services.GetRequiredService<DistributedApplicationExecutionContext>(), path, writer, cancellationToken);
        await context.WriteModelAsync(services.GetRequiredService<DistributedApplicationModel>());
        await Console.Out.WriteLineAsync($"The manifest is in {path}.");
    }
}
