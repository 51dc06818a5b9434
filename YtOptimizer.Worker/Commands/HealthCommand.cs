using System.CommandLine;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>health</c>: asks the process beside it, for container platforms that probe by a command; the image has no curl.</summary>
internal static class HealthCommand
{
    private static readonly string[] Ports = ["HEALTH_PORT", "PORT", "ASPNETCORE_HTTP_PORTS"];
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(4);

    public static Command Create()
    {
        var address = new Argument<string?>("address")
        {
            Description = "Default: /health/liveness on this machine, at the port that HEALTH_PORT, PORT or ASPNETCORE_HTTP_PORTS names.",
            DefaultValueFactory = _ => null,
        };
        var command = new Command("health", "Ends with 0 when the health endpoint answers with success, else with 1.") { address };
        command.SetAction(
            async (parsed, ct) =>
            {
                var url = parsed.GetValue(address) ?? DefaultAddress(Environment.GetEnvironmentVariable);
                var answer = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? await AskAsync(uri, ct) : "not an address: " + url;
                await (answer is null ? Console.Out : Console.Error).WriteLineAsync(answer ?? "healthy");
                return answer is null ? CommandLine.Done : CommandLine.Failed;
            }
        );
        return command;
    }

    internal static string DefaultAddress(Func<string, string?> setting)
    {
        var port = Ports.Select(setting).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return $"http://127.0.0.1:{port?.Split(';')[0] ?? "8080"}/health/liveness";
    }

    /// <summary>What is wrong, or null.</summary>
    private static async Task<string?> AskAsync(Uri address, CancellationToken ct)
    {
        using var client = new HttpClient { Timeout = TimeLimit };
        try
        {
            using var answer = await client.GetAsync(address, ct);
            return answer.IsSuccessStatusCode ? null : $"{address} answered {(int)answer.StatusCode}";
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return $"{address}: {exception.Message}";
        }
    }
}
