using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>Start, stop and restart, which every process has.</summary>
internal static class LifecycleCommands
{
    private const string LegacyPrefix = "resource-";

    public static void AddTo(IResource resource)
    {
        if (resource is not ContainerResource and not ProjectResource || resource.Annotations.OfType<ResourceCommandAnnotation>().Any(IsLifecycle))
        {
            return;
        }

        Add(resource, KnownResourceCommands.StartCommand, "Start", "Play", (o, id, ct) => o.StartResourceAsync(id, ct), state => IsOver(state) ? ResourceCommandState.Enabled : ResourceCommandState.Hidden);
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop", (o, id, ct) => o.StopResourceAsync(id, ct), state => IsOver(state) ? ResourceCommandState.Hidden : ResourceCommandState.Enabled);
        Add(
            resource,
            KnownResourceCommands.RestartCommand,
            "Restart",
            "ArrowCounterclockwise",
            async (o, id, ct) =>
            {
                await o.StopResourceAsync(id, ct);
                await o.StartResourceAsync(id, ct);
            },
            state => state.Is(KnownResourceStates.Running) ? ResourceCommandState.Enabled : ResourceCommandState.Disabled);
    }

    /// <summary>The command of that name; the names with the prefix <c>resource-</c> are what Aspire called them before.</summary>
    public static ResourceCommandAnnotation? Find(IResource resource, string name)
    {
        var commands = resource.Annotations.OfType<ResourceCommandAnnotation>().ToList();
        return commands.Find(c => string.Equals(c.Name, name, StringComparison.Ordinal))
            ?? commands.Find(c => IsLifecycle(c) && string.Equals(LegacyPrefix + c.Name, name, StringComparison.Ordinal));
    }

    public static bool IsLifecycle(ResourceCommandAnnotation command)
        => command.Name.Is(KnownResourceCommands.StartCommand) || command.Name.Is(KnownResourceCommands.StopCommand) || command.Name.Is(KnownResourceCommands.RestartCommand);

    public static ImmutableArray<ResourceCommandSnapshot> Snapshots(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = services };
        return
        [
            .. resource.Annotations.OfType<ResourceCommandAnnotation>().Select(c => new ResourceCommandSnapshot(
                c.Name, c.UpdateState(context), c.DisplayName, c.DisplayDescription, Parameter: null, c.ConfirmationMessage, c.IconName, c.IconVariant, c.IsHighlighted)),
        ];
    }

    private static void Add(
        IResource resource,
        string name,
        string displayName,
        string icon,
        Func<Orchestrator, string, CancellationToken, Task> execute,
        Func<string?, ResourceCommandState> state)
        => resource.Annotations.Add(new ResourceCommandAnnotation(
            name,
            displayName,
            async context =>
            {
                await execute(context.Services.GetRequiredService<Orchestrator>(), context.ResourceName, context.CancellationToken);
                return CommandResults.Success($"{displayName} of '{context.ResourceName}' done.");
            },
            new CommandOptions { IconName = icon, UpdateState = c => state(c.ResourceSnapshot.State?.Text) }));

    private static bool IsOver(string? state)
        => state is null || state.Is(KnownResourceStates.NotStarted) || state.Is(KnownResourceStates.Exited) || state.Is(KnownResourceStates.Finished)
            || state.Is(KnownResourceStates.FailedToStart) || state.Is(KnownResourceStates.Unavailable);
}
