using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace YtOptimizer.ServiceDefaults.Logging;

/// <summary>
/// Text for people and grep: <c>2026-01-31T10:00:00.000Z LEVEL category: message cid:… user:…</c>. Request lines carry their own shape.
/// One record is one line, except that a stack trace follows on indented lines.
/// </summary>
internal sealed class LineFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter) =>
        WriteLine(logEntry, scopeProvider, textWriter, clock.GetUtcNow());

    internal static void WriteLine<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter writer, DateTimeOffset now)
    {
        writer.Write(now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        writer.Write(' ');
        writer.Write(Level(entry.LogLevel));
        writer.Write(' ');
        if (entry.Category != RequestLog.Category)
        {
            writer.Write(entry.Category);
            writer.Write(": ");
        }

        writer.Write(OneLine.Clean(entry.Formatter(entry.State, null)));
        if (entry.Category != RequestLog.Category)
        {
            foreach (var (name, value) in ScopeValues.Read(scopes))
            {
                writer.Write(
                    name switch
                    {
                        "correlationId" => " cid:",
                        "userId" => " user:",
                        _ => " " + name + ":",
                    }
                );
                writer.Write(OneLine.Clean(Convert.ToString(value, CultureInfo.InvariantCulture), 256));
            }
        }

        writer.Write('\n');
        if (entry.Exception is not null)
        {
            foreach (var line in entry.Exception.ToString().Split('\n'))
            {
                writer.Write("    ");
                writer.Write(OneLine.Clean(line.TrimEnd('\r')));
                writer.Write('\n');
            }
        }
    }

    /// <summary>Critical is written as ERROR too: the operators' grep must find it.</summary>
    internal static string Level(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "TRACE",
            LogLevel.Debug => "DEBUG",
            LogLevel.Information => "INFO",
            LogLevel.Warning => "WARN",
            _ => "ERROR",
        };
}
