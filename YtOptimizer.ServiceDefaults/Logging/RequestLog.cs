using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.ServiceDefaults.Logging;

/// <summary>
/// Outermost middleware: sets the correlation id and writes one line per completed request,
/// <c>http duration &lt;ms&gt; &lt;METHOD&gt; &lt;path&gt; &lt;status&gt; user:&lt;id|-&gt; ip:&lt;addr&gt; cid:&lt;id&gt; &lt;ms&gt;</c>:
/// never a query string, a header or a body.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, ILoggerFactory loggers, TimeProvider clock)
{
    /// <summary>The category of request lines; its records are written as plain text in every log format.</summary>
    public const string Category = "http";

    /// <summary>A client that went away; no response was sent. The number is nginx's.</summary>
    private const int ClientClosedRequest = 499;

    private readonly ILogger logger = loggers.CreateLogger(Category);

    public async Task InvokeAsync(HttpContext context)
    {
        var started = clock.GetTimestamp();
        var id = CorrelationId.Of(context);
        context.TraceIdentifier = id;
        context.Response.Headers[CorrelationId.Header] = id;
        Activity.Current?.SetBaggage(CorrelationId.Baggage, id).SetTag(CorrelationId.Baggage, id);
        // Headers are cleared when an error page is written: set again at the last moment.
        context.Response.OnStarting(
            static state =>
            {
                var response = ((HttpContext)state).Response;
                if (
                    response
                        .HttpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>()
                        .ApplicationStopping.IsCancellationRequested
                )
                {
                    // The client's next request goes to another process instead of into a connection that is about to close.
                    response.Headers.Connection = "close";
                }

                response.Headers[CorrelationId.Header] = response.HttpContext.TraceIdentifier;
                return Task.CompletedTask;
            },
            context
        );

        using var scope = logger.BeginScope(new Scope(context));
        try
        {
            await next(context);
            Write(
                context,
                started,
                context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted
                    ? ClientClosedRequest
                    : context.Response.StatusCode
            );
        }
        catch
        {
            Write(
                context,
                started,
                context.RequestAborted.IsCancellationRequested ? ClientClosedRequest : StatusCodes.Status500InternalServerError
            );
            throw;
        }
    }

    private void Write(HttpContext context, long started, int status)
    {
        var level = status switch
        {
            _ when HealthPaths.Contains(context.Request.Path) => LogLevel.Debug,
            // Connections that stay open: their duration says nothing about the service.
            < 400 when context.GetEndpoint()?.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() is not null => LogLevel.Debug,
            >= 500 => LogLevel.Error,
            429 => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        if (!logger.IsEnabled(level))
        {
            return;
        }

        var elapsed = clock.GetElapsedTime(started).TotalMilliseconds;
        var address = context.Connection.RemoteIpAddress is { } ip ? (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString() : "-";
        Log.Request(
            logger,
            level,
            elapsed,
            OneLine.Clean(context.Request.Method, 16).Replace(' ', '_'),
            OneLine.Clean(LoggedPath.Of(context), 1024),
            status,
            Subject(context) ?? "-",
            address,
            context.TraceIdentifier,
            elapsed
        );
    }

    private static string? Subject(HttpContext context) =>
        (context.User.FindFirstValue("sub") ?? context.User.FindFirstValue(ClaimTypes.NameIdentifier)) is { } subject
        && CorrelationId.IsValid(subject)
            ? subject
            : null;

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1,
            Message = "http duration {ElapsedMs:0.0} {Method} {Path} {Status} user:{UserId} ip:{ClientAddress} cid:{CorrelationId} "
                + "{Milliseconds:0.0}"
        )]
        public static partial void Request(
            ILogger logger,
            LogLevel level,
            double elapsedMs,
            string method,
            string path,
            int status,
            string userId,
            string clientAddress,
            string correlationId,
            double milliseconds
        );
    }

    /// <summary>Puts the ids on every record of the request; read when a record is written, so the caller is known once it is
    /// authenticated.</summary>
    private sealed class Scope(HttpContext context) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => Subject(context) is null ? 1 : 2;

        public KeyValuePair<string, object?> this[int index] =>
            index switch
            {
                0 => new("correlationId", context.TraceIdentifier),
                1 => new("userId", Subject(context)),
                _ => throw new ArgumentOutOfRangeException(nameof(index)),
            };

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
            Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"correlationId:{context.TraceIdentifier} userId:{Subject(context) ?? "-"}");
    }
}

/// <summary>Puts <see cref="RequestLog"/> before everything that the application itself adds.</summary>
internal sealed class RequestLogFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.UseMiddleware<RequestLog>();
            next(app);
        };
}
