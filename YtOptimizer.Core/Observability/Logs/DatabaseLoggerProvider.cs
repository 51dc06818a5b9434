using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Core.Observability.Logs;

/// <summary>
/// Stores records of level Error and Critical: inside a request as a row of <c>error_logs</c>, elsewhere of <c>system_logs</c>. Records of
/// the database driver and of the store itself are left out, or an outage would feed itself.
/// </summary>
public sealed class DatabaseLoggerProvider(LogBuffer buffer, MetricIdentity identity, TimeProvider clock)
    : ILoggerProvider,
        ISupportExternalScope
{
    private const int MaxText = 8000;

    // The request line repeats what the error's own record says.
    private static readonly string[] Excluded = ["Npgsql", "YtOptimizer.Core.Observability.Logs", "http"];
    private IExternalScopeProvider? scopes;

    public ILogger CreateLogger(string categoryName) =>
        new DatabaseLogger(
            this,
            categoryName,
            Excluded.Any(e => categoryName == e || categoryName.StartsWith(e + ".", StringComparison.Ordinal))
        );

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
        // The buffer belongs to the host.
    }

    private void Write(string category, LogLevel level, string message, Exception? exception)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        scopes?.ForEachScope(
            static (scope, into) =>
            {
                if (scope is IEnumerable<KeyValuePair<string, object?>> pairs)
                {
                    foreach (var (name, value) in pairs)
                    {
                        into[name] = value;
                    }
                }
            },
            values
        );
        var requestId = values.GetValueOrDefault("correlationId")?.ToString();
        var path = values.GetValueOrDefault("RequestPath")?.ToString();
        var severity = level == LogLevel.Critical ? "critical" : "error";
        YtoMetrics.Error(Kind(category, exception), severity);
        if (path is not null)
        {
            Guid? userId = Guid.TryParse(values.GetValueOrDefault("userId")?.ToString(), out var id) ? id : null;
            buffer.Add(
                new ErrorRow(
                    exception?.GetType().Name ?? "InternalError",
                    Cut(message),
                    severity,
                    Fingerprint(category, exception, message),
                    Cut(exception?.ToString()),
                    userId,
                    path,
                    requestId,
                    clock.GetUtcNow()
                )
            );
        }
        else
        {
            buffer.Add(
                new SystemRow(
                    severity,
                    Kind(category, exception),
                    identity.Service,
                    Cut(message),
                    Cut(exception?.ToString()),
                    identity.Hostname,
                    identity.ProcessId,
                    (int)(Environment.WorkingSet >> 20),
                    requestId,
                    clock.GetUtcNow()
                )
            );
        }
    }

    private static string Kind(string category, Exception? exception) =>
        Core.Data.DatabaseUnavailableException.Matches(exception) ? "database"
        : category.Contains("OpenAi", StringComparison.Ordinal) ? "openai"
        : IsOfTheQueue(category) ? "queue"
        : category.Contains("Mail", StringComparison.Ordinal) ? "email"
        : "internal";

    // A recurring job is of the queue only when it is about jobs itself, such as RecurringJobs.RescueStuckJobs.
    private static bool IsOfTheQueue(string category) =>
        category.Contains(".Jobs.", StringComparison.Ordinal)
        || category.Contains(".Queue.", StringComparison.Ordinal)
        || category.EndsWith("Jobs", StringComparison.Ordinal);

    /// <summary>Equal for errors of the same kind at the same place, whatever their texts contain.</summary>
    private static string Fingerprint(string category, Exception? exception, string message)
    {
        var place = exception?.StackTrace?.Split('\n', 2)[0].Trim() ?? message;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{category}\n{exception?.GetType().FullName}\n{place}")))[
            ..32
        ];
    }

    private static string Cut(string? text) =>
        text is null ? ""
        : text.Length > MaxText ? text[..MaxText]
        : text;

    private sealed class DatabaseLogger(DatabaseLoggerProvider provider, string category, bool isExcluded) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider.scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => !isExcluded && logLevel is LogLevel.Error or LogLevel.Critical;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel) && !isExcluded)
            {
                provider.Write(category, logLevel, formatter(state, exception), exception);
            }
        }
    }
}
