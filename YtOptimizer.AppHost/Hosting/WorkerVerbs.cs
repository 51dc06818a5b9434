using CliWrap;
using CliWrap.Buffered;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.AppHost.Hosting;

/// <summary>
/// The worker's verbs, beside the running application: <c>dotnet run --project YtOptimizer.Worker -- ops promote …</c> finds the servers
/// through a file that the application keeps while it runs, and commands of the dashboard run the same verbs.
/// </summary>
internal static class WorkerVerbs
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Keeps the file from the moment at which the addresses are known to the end of the application.</summary>
    public static void WriteLocalApplication(
        this IResourceBuilder<IResourceWithConnectionString> database, string dataDirectory, Dictionary<string, IValueProvider?> settings)
        => database.OnConnectionStringAvailable(async (resource, available, ct) =>
        {
            try
            {
                var values = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var (name, value) in settings)
                {
                    if (value is not null && await value.GetValueAsync(ct) is { Length: > 0 } text)
                    {
                        values[name] = text;
                    }
                }

                LocalApplication.Save(dataDirectory, values);
                available.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() =>
                    LocalApplication.Forget(dataDirectory));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DistributedApplicationException)
            {
                Problem.Report(available.Services, resource, $"The worker's verbs will not find this application ({exception.Message}): " +
                    $"set {LocalApplication.DataVariable} to a folder that you may write to.");
            }
        });

    /// <summary>Runs one verb against the running application; its output is the result of the command.</summary>
    public static async Task<ExecuteCommandResult> RunAsync(ExecuteCommandContext context, string dataDirectory, params string[] verb)
    {
        var worker = new Projects.YtOptimizer_Worker().ProjectPath;
        var command = Cli.Wrap("dotnet").WithValidation(CommandResultValidation.None)
            .WithArguments(["run", "--no-build", "--no-launch-profile", "--project", worker, "--", .. verb])
            .WithEnvironmentVariables(variables =>
                variables.Set("DOTNET_ENVIRONMENT", Environments.Development).Set(LocalApplication.DataVariable, dataDirectory));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var result = await command.ExecuteBufferedAsync(limit.Token);
            var (said, complaint) = (result.StandardOutput.Trim(), result.StandardError.Trim());

            // 2: a check found something to do, which is what it is for.
            return result.ExitCode is 0 or 2
                ? CommandResults.Success(said.Split('\n', 2)[0].Trim(), said, CommandResultFormat.Text, displayImmediately: true)
                : CommandResults.Failure(complaint.Length > 0 ? complaint : said);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            return CommandResults.Failure($"{string.Join(' ', verb)} did not end within {Limit.TotalMinutes:0} minutes.");
        }
    }
}
