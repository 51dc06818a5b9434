using Microsoft.Extensions.Logging;

namespace YtOptimizer.ServiceDefaults.Logging;

/// <summary>The named values of the scopes around a record, innermost last, without what the web framework repeats on every
/// record.</summary>
internal static class ScopeValues
{
    private static readonly HashSet<string> Framework = new(StringComparer.Ordinal)
    {
        "{OriginalFormat}",
        "RequestId",
        "RequestPath",
        "ConnectionId",
        "SpanId",
        "TraceId",
        "ParentId",
        "ActionId",
        "ActionName",
        "TransportConnectionId",
    };

    public static IReadOnlyDictionary<string, object?> Read(IExternalScopeProvider? scopes)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        scopes?.ForEachScope(
            static (scope, into) =>
            {
                if (scope is IEnumerable<KeyValuePair<string, object?>> pairs)
                {
                    foreach (var (name, value) in pairs)
                    {
                        if (!Framework.Contains(name))
                        {
                            into[name] = value;
                        }
                    }
                }
            },
            values
        );
        return values;
    }
}
