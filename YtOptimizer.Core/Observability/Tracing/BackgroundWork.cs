using System.Diagnostics;

namespace YtOptimizer.Core.Observability.Tracing;

/// <summary>
/// Traces of what a process does by itself. A span is started only when there is something to do: looks that find nothing leave no trace
/// (statements outside a trace are not recorded, see the service defaults).
/// </summary>
public static class BackgroundWork
{
    private static readonly ActivitySource Source = new("YtOptimizer.Background");

    /// <summary>A root span around one piece of work, for example "send mail". Null when nobody listens.</summary>
    public static Activity? Start(string name)
    {
        // Whoever woke the loop is not the cause of everything it finds.
        Activity.Current = null;
        return Source.StartActivity(name);
    }

    /// <summary>Marks the span as failed.</summary>
    public static void Fail(this Activity? activity, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
        activity?.SetTag("error.type", exception.GetType().FullName);
    }
}
