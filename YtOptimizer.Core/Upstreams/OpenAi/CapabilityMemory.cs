using System.Collections.Concurrent;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>What each model was found to accept, for an hour: a server that was updated gets its best form back. Thread-safe.</summary>
internal sealed class CapabilityMemory(TimeProvider time)
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, (LlmCapabilities Form, DateTimeOffset Until)> known = new(StringComparer.Ordinal);

    public LlmCapabilities Of(string model) =>
        known.TryGetValue(model, out var entry) && entry.Until > time.GetUtcNow() ? entry.Form : LlmCapabilities.Best;

    public void Learn(string model, LlmCapabilities form) => known[model] = (form, time.GetUtcNow() + KeepFor);
}
