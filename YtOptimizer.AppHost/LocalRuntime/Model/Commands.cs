using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using YtOptimizer.AppHost.LocalRuntime.Running;

namespace Aspire.Hosting.ApplicationModel
{
    public enum IconVariant
    {
        Regular,
        Filled,
    }

    public enum ResourceCommandState
    {
        Enabled,
        Disabled,
        Hidden,
    }

    public class CommandOptions
    {
        public string? Description { get; set; }

        public string? ConfirmationMessage { get; set; }

        public string? IconName { get; set; }

        public IconVariant? IconVariant { get; set; }

        public bool IsHighlighted { get; set; }

        public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
    }

    public sealed class UpdateCommandStateContext
    {
        public required CustomResourceSnapshot ResourceSnapshot { get; init; }

        public required IServiceProvider Services { get; init; }
    }

    public sealed class ExecuteCommandContext
    {
        public required IServiceProvider Services { get; init; }

        public required string ResourceName { get; init; }

        public required CancellationToken CancellationToken { get; init; }

        public required ILogger Logger { get; init; }
    }

    public sealed class ExecuteCommandResult
    {
        public required bool Success { get; init; }

        public bool Canceled { get; init; }

        /// <summary>What happened, in one sentence.</summary>
        public string? Message { get; init; }
    }

    public static class CommandResults
    {
        public static ExecuteCommandResult Success() => new() { Success = true };

        public static ExecuteCommandResult Success(string message) => new() { Success = true, Message = message };

        public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

        public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
    }

    /// <summary>Something that an operator can do with a resource.</summary>
    public sealed class ResourceCommandAnnotation(
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions options) : IResourceAnnotation
    {
        public string Name { get; } = name;

        public string DisplayName { get; } = displayName;

        public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; } = executeCommand;

        public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; } = options.UpdateState ?? (_ => ResourceCommandState.Enabled);

        public string? DisplayDescription { get; } = options.Description;

        public string? ConfirmationMessage { get; } = options.ConfirmationMessage;

        public string? IconName { get; } = options.IconName;

        public IconVariant? IconVariant { get; } = options.IconVariant;

        public bool IsHighlighted { get; } = options.IsHighlighted;
    }

    public static class KnownResourceCommands
    {
        public static readonly string StartCommand = "start";
        public static readonly string StopCommand = "stop";
        public static readonly string RestartCommand = "restart";
    }

    /// <summary>Runs commands of resources.</summary>
    public class ResourceCommandService(IServiceProvider services)
    {
        /// <param name="resourceId">The id of one replica, or the name of a resource for all its replicas.</param>
        /// <param name="commandName">A command of the resource; the older names <c>resource-start</c>, <c>resource-stop</c>, <c>resource-restart</c> are known too.</param>
        /// <param name="cancellationToken">Ends the command.</param>
        public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
        {
            var supervisors = services.GetRequiredService<Orchestrator>().Find(resourceId);
            if (supervisors.Count == 0)
            {
                return CommandResults.Failure($"There is no resource '{resourceId}'.");
            }

            // A command of the model runs once; start, stop and restart concern every replica.
            var resource = supervisors[0].Resource;
            var ids = LifecycleCommands.Find(resource, commandName) is { } command && LifecycleCommands.IsLifecycle(command)
                ? supervisors.Select(s => s.Id)
                : [resourceId];
            var results = await Task.WhenAll(ids.Select(id => ExecuteOneAsync(resource, id, commandName, cancellationToken)));
            return results.FirstOrDefault(r => !r.Success) ?? results[0];
        }

        public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
            => ExecuteCommandAsync(resource.Name, commandName, cancellationToken);

        private async Task<ExecuteCommandResult> ExecuteOneAsync(IResource resource, string id, string commandName, CancellationToken cancellationToken)
        {
            if (LifecycleCommands.Find(resource, commandName) is not { } command)
            {
                return CommandResults.Failure($"The resource '{resource.Name}' has no command '{commandName}'.");
            }

            try
            {
                return await command.ExecuteCommand(new ExecuteCommandContext
                {
                    Services = services,
                    ResourceName = id,
                    CancellationToken = cancellationToken,
                    Logger = services.GetRequiredService<ResourceLoggerService>().GetLogger(id),
                });
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return CommandResults.Canceled();
            }
            catch (Exception exception)
            {
                return CommandResults.Failure(exception.Message);
            }
        }
    }
}

namespace Aspire.Hosting
{
    public static class CommandBuilderExtensions
    {
        /// <summary>Adds a command that operators find on the dashboard.</summary>
        public static IResourceBuilder<T> WithCommand<T>(
            this IResourceBuilder<T> builder,
            string name,
            string displayName,
            Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
            CommandOptions? commandOptions = null)
            where T : IResource
            => builder.WithAnnotation(new ResourceCommandAnnotation(name, displayName, executeCommand, commandOptions ?? new CommandOptions()));
    }
}
