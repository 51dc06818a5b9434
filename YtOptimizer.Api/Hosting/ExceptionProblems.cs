using System.Net.Sockets;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// Exceptions that reach the pipeline: bad requests are the caller's (4xx, not logged as errors), a database that is away, full, slow or
/// read-only is 503 with Retry-After, everything else a neutral 500. Logged once, here; nothing of the exception reaches the body.
/// </summary>
internal sealed partial class ExceptionProblems(IProblemDetailsService problems, ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    private const int DatabaseRetrySeconds = 5;
    private const int BusyRetrySeconds = 1;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = ToProblem(exception);
        switch (problem.Status)
        {
            case >= 500 and not 503:
                Log.Failed(logger, exception, httpContext.Request.Method, RouteOf(httpContext));
                break;
            case 503:
                // Somebody else's lock is no outage, and no reason to wake anybody.
                YtoMetrics.Error(
                    Conflicts.IsContention(exception) ? "contention" : "database",
                    Conflicts.IsContention(exception) ? "warning" : "error"
                );
                Log.Unavailable(
                    logger,
                    httpContext.Request.Method,
                    RouteOf(httpContext),
                    exception.GetType().Name,
                    (exception as PostgresException)?.SqlState ?? "-"
                );
                break;
            default:
                Log.BadRequest(logger, httpContext.Request.Method, RouteOf(httpContext), problem.Status ?? 400);
                break;
        }

        httpContext.Response.StatusCode = problem.Status ?? 500;
        return await problems.TryWriteAsync(
            new ProblemDetailsContext
            {
                HttpContext = httpContext,
                ProblemDetails = problem,
                Exception = exception,
            }
        );
    }

    internal static ProblemDetails ToProblem(Exception exception) =>
        exception switch
        {
            BadHttpRequestException { StatusCode: 400 } bad => Bad(bad),
            BadHttpRequestException bad => Create(bad.StatusCode),
            // A multipart body that ends early, or not at all. (A full disk is an IOException of another source.)
            IOException { Source: "Microsoft.AspNetCore.WebUtilities" } => Create(
                400,
                "invalid_multipart",
                "The multipart body is broken. Send it again, as browsers do."
            ),
            // Reading a JsonElement that the caller filled: lone surrogates, or another kind than the handler reads.
            InvalidOperationException { Source: "System.Text.Json" or "System.Text.Json.Rethrowable" } => Create(
                400,
                "invalid_json",
                "The body holds a value that cannot be read, such as half of a surrogate pair. See the schema at /api."
            ),
            PostgresException { SqlState: "22021" or "22P05" } => Create(
                400,
                "invalid_characters",
                "The request holds characters that cannot be stored, such as U+0000. Remove them."
            ),
            PostgresException { SqlState: "22001" or "22003" or "22007" or "22008" or "22P02" } => Create(
                400,
                "invalid_value",
                "A value is too long, out of range or of the wrong kind. Compare the request with the schema at /api."
            ),
            PostgresException postgres when Conflicts.IsContention(postgres) => Create(
                503,
                "database_busy",
                "Others are changing the same data. Try again after the seconds in Retry-After.",
                BusyRetrySeconds
            ),
            PostgresException postgres => IsUnavailable(postgres.SqlState)
                ? Create(
                    503,
                    "database_unavailable",
                    "The database cannot serve this request at the moment. Try again after the seconds in Retry-After.",
                    DatabaseRetrySeconds
                )
                : Create(500),
            NpgsqlException or SocketException => Create(
                503,
                "database_unavailable",
                "The database is not reachable at the moment. Try again after the seconds in Retry-After.",
                DatabaseRetrySeconds
            ),
            TimeoutException => Create(
                503,
                "timeout",
                "The request took too long. Try again after the seconds in Retry-After.",
                DatabaseRetrySeconds
            ),
            HttpRequestException => Create(502),
            OperationCanceledException => Create(504),
            _ => exception.InnerException is NpgsqlException or TimeoutException ? ToProblem(exception.InnerException) : Create(500),
        };

    /// <summary>Connection lost, shutting down, too many connections, out of resources, read-only, statement timeout.</summary>
    private static bool IsUnavailable(string sqlState) =>
        sqlState.StartsWith("08", StringComparison.Ordinal)
        || sqlState.StartsWith("53", StringComparison.Ordinal)
        || sqlState.StartsWith("57", StringComparison.Ordinal)
        || sqlState.StartsWith("58", StringComparison.Ordinal)
        || sqlState is "25006" or "3D000" or "28000" or "28P01";

    private static ProblemDetails Bad(BadHttpRequestException exception)
    {
        var (code, detail, errors) = BadRequestText.Of(exception);
        var problem = Create(400, code, detail);
        if (errors is not null)
        {
            problem.Extensions["errors"] = errors;
        }

        return problem;
    }

    private static ProblemDetails Create(int status, string? code = null, string? detail = null, int? retryAfter = null)
    {
        var problem = new ProblemDetails { Status = status, Detail = detail };
        if (code is not null)
        {
            problem.Extensions["code"] = code;
        }

        if (retryAfter is not null)
        {
            problem.Extensions["retryAfter"] = retryAfter.Value;
        }

        return problem;
    }

    /// <summary>The route pattern, not the path: paths may carry what does not belong in logs.</summary>
    private static string RouteOf(HttpContext context) =>
        ((context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint()) as RouteEndpoint)?.RoutePattern.RawText
        ?? "(no route)";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Unhandled exception in {Method} {Route}")]
        public static partial void Failed(ILogger logger, Exception exception, string method, string route);

        [LoggerMessage(2, LogLevel.Warning, "Failed to connect to database or database busy in {Method} {Route}: {Kind} {SqlState}")]
        public static partial void Unavailable(ILogger logger, string method, string route, string kind, string sqlState);

        [LoggerMessage(3, LogLevel.Debug, "Unreadable request to {Method} {Route}: {Status}")]
        public static partial void BadRequest(ILogger logger, string method, string route, int status);
    }
}
