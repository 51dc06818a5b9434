using System.Reflection;

namespace YtOptimizer.AppHost.LocalRuntime.Testing;

/// <summary>
/// Runs an AppHost's entry point for a test, which gets the builder just before it is built and the application just before it would
/// run; the entry point ends there.
/// </summary>
internal sealed class TestingScope(string projectPath, string[] args)
{
    private static readonly AsyncLocal<TestingScope?> Flow = new();

    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _application = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TestingScope? Current => Flow.Value;

    public string ProjectPath { get; } = projectPath;

    public static async Task<(TestingScope Scope, DistributedApplicationBuilder Builder)> RunEntryPointAsync(Assembly assembly, string projectPath, string[] args, CancellationToken cancellationToken)
    {
        var entryPoint = assembly.EntryPoint ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no entry point.");
        var scope = new TestingScope(projectPath, args);
        var thread = new Thread(() =>
        {
            Flow.Value = scope;
            try
            {
                object?[] parameters = entryPoint.GetParameters().Length == 0 ? [] : [args];
                entryPoint.Invoke(obj: null, BindingFlags.DoNotWrapExceptions, binder: null, parameters, culture: null);
            }
            catch (EntryPointStoppedException)
            {
                // As intended.
            }
            catch (Exception exception)
            {
                scope._builder.TrySetException(exception);
                scope._application.TrySetException(exception);
            }
        })
        {
            IsBackground = true,
            Name = "AppHost entry point",
        };
        thread.Start();
        return (scope, await scope._builder.Task.WaitAsync(cancellationToken));
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _mayBuild.TrySetResult();
        return _application.Task.WaitAsync(cancellationToken);
    }

    public DistributedApplicationOptions Adapt(DistributedApplicationOptions options)
        => new() { Args = [.. options.Args ?? [], .. args.Except(options.Args ?? [], StringComparer.Ordinal)], DisableDashboard = true };

    /// <summary>Hands the builder to the test and waits until it wants the application.</summary>
    public void AwaitBuild(DistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        _mayBuild.Task.GetAwaiter().GetResult();
    }

    public void Built(DistributedApplication application) => _application.TrySetResult(application);

    /// <summary>The test runs the application, not the entry point.</summary>
    public void StopEntryPoint()
    {
        _application.TrySetException(new InvalidOperationException("The AppHost ran an application that it had not built."));
        throw new EntryPointStoppedException();
    }

    private sealed class EntryPointStoppedException : Exception;
}
