using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace YtOptimizer.ServiceDefaults.Logging;

/// <summary>
/// One JSON object per record: <c>{timestamp, level, message, correlationId, context, userId, metadata, error{message, stack, code}}</c>.
/// Request lines stay plain text (<see cref="LineFormatter"/>): operators sort them by their fields, which JSON would hide. Their
/// structured form goes out by OpenTelemetry.
/// </summary>
internal sealed class JsonLineFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "json-line";

    // Logs are not HTML: quotes and angle brackets stay readable, control characters are escaped all the same.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var now = clock.GetUtcNow();
        if (logEntry.Category == RequestLog.Category)
        {
            LineFormatter.WriteLine(logEntry, scopeProvider, textWriter, now);
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, logEntry, ScopeValues.Read(scopeProvider), now);
        }

        textWriter.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        textWriter.Write('\n');
    }

    private static void Write<TState>(
        Utf8JsonWriter json,
        in LogEntry<TState> entry,
        IReadOnlyDictionary<string, object?> scope,
        DateTimeOffset now
    )
    {
        json.WriteStartObject();
        json.WriteString("timestamp", now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("level", LineFormatter.Level(entry.LogLevel));
        json.WriteString("message", entry.Formatter(entry.State, null));
        json.WriteString("context", entry.Category);
        foreach (var name in (string[])["correlationId", "userId"])
        {
            if (scope.TryGetValue(name, out var value))
            {
                json.WriteString(name, Text(value));
            }
        }

        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            json.WriteString("traceId", activity.TraceId.ToHexString());
            json.WriteString("spanId", activity.SpanId.ToHexString());
        }

        json.WriteStartObject("metadata");
        var state = entry.State as IEnumerable<KeyValuePair<string, object?>> ?? [];
        foreach (
            var (name, value) in scope
                .Where(pair => pair.Key is not ("correlationId" or "userId"))
                .Concat(state.Where(pair => pair.Key != "{OriginalFormat}"))
                .DistinctBy(pair => pair.Key, StringComparer.Ordinal)
        )
        {
            WriteValue(json, name, value);
        }

        json.WriteEndObject();
        if (entry.Exception is { } exception)
        {
            json.WriteStartObject("error");
            json.WriteString("message", exception.Message);
            json.WriteString(
                "code",
                exception is Npgsql.PostgresException { SqlState: var sqlState } ? sqlState : exception.GetType().Name
            );
            json.WriteString("stack", exception.ToString());
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int or long or short or byte or uint:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case decimal number:
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, Text(value));
                break;
        }
    }

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
