using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// The one error shape (RFC 9457 plus the fields the existing single-page app reads). <c>code</c> is stable and snake_case,
/// <c>detail</c> tells the caller what to do next. The pipeline adds traceId, path, timestamp and correlationId.
/// </summary>
internal static class Problems
{
    public static ProblemHttpResult BadRequest(string code, string detail, IDictionary<string, string[]>? errors = null) =>
        Create(400, code, detail, errors);

    public static ProblemHttpResult Unauthorized(string code, string detail) => Create(401, code, detail);

    public static ProblemHttpResult Forbidden(string code, string detail) => Create(403, code, detail);

    public static ProblemHttpResult NotFound(string code, string detail) => Create(404, code, detail);

    public static ProblemHttpResult Conflict(string code, string detail) => Create(409, code, detail);

    public static ProblemHttpResult Unprocessable(string code, string detail) => Create(422, code, detail);

    public static ProblemHttpResult TooMany(string code, string detail, TimeSpan retryAfter) =>
        Create(429, code, detail, retryAfter: retryAfter);

    public static ProblemHttpResult BadGateway(string code, string detail) => Create(502, code, detail);

    public static ProblemHttpResult Unavailable(string code, string detail, TimeSpan retryAfter) =>
        Create(503, code, detail, retryAfter: retryAfter);

    public static ProblemHttpResult Create(
        int status,
        string code,
        string detail,
        IDictionary<string, string[]>? errors = null,
        TimeSpan? retryAfter = null
    )
    {
        var problem = new ProblemDetails { Status = status, Detail = detail };
        problem.Extensions["code"] = code;
        if (errors is not null)
        {
            problem.Extensions["errors"] = errors;
        }

        if (retryAfter is { } wait)
        {
            // Read back by the problem customisation, which also sets the header.
            problem.Extensions["retryAfter"] = (int)Math.Ceiling(Math.Max(1, wait.TotalSeconds));
        }

        return TypedResults.Problem(problem);
    }
}
