namespace YtOptimizer.Api.Hosting;

/// <summary>Code, name and advice for a status when nobody gave better ones.</summary>
internal static class ProblemTexts
{
    internal sealed record Text(string Code, string Error, string Title, string Detail);

    private static readonly Dictionary<int, Text> Known = new()
    {
        [400] = new(
            "bad_request",
            "BadRequestException",
            "Bad Request",
            "The request could not be read. Compare it with the API documentation at /api."
        ),
        [401] = new(
            "unauthorized",
            "UnauthorizedException",
            "Unauthorized",
            "Sign in and send the access token as 'Authorization: Bearer <token>'."
        ),
        [402] = new(
            "plan_limit_reached",
            "PaymentRequiredException",
            "Payment Required",
            "The plan's limit is reached. Upgrade, or wait for the next period."
        ),
        [403] = new(
            "forbidden",
            "ForbiddenException",
            "Forbidden",
            "This account may not do that. Ask an administrator for the permission."
        ),
        [404] = new("not_found", "NotFoundException", "Not Found", "There is nothing at this address. All routes are listed at /api."),
        [405] = new(
            "method_not_allowed",
            "MethodNotAllowedException",
            "Method Not Allowed",
            "This address exists, but not for this method. See the Allow header."
        ),
        [408] = new("request_timeout", "RequestTimeoutException", "Request Timeout", "The request arrived too slowly. Send it again."),
        [409] = new("conflict", "ConflictException", "Conflict", "The request does not fit the present state. Read it again, then decide."),
        [413] = new(
            "payload_too_large",
            "PayloadTooLargeException",
            "Payload Too Large",
            "The request body is larger than this endpoint accepts. Send less."
        ),
        [415] = new(
            "unsupported_media_type",
            "UnsupportedMediaTypeException",
            "Unsupported Media Type",
            "Send the body as 'Content-Type: application/json' in UTF-8 and without Content-Encoding."
        ),
        [422] = new(
            "unprocessable",
            "UnprocessableEntityException",
            "Unprocessable Content",
            "The request is well formed, but cannot be carried out."
        ),
        [429] = new(
            "rate_limited",
            "ThrottlerException",
            "Too Many Requests",
            "Too many requests. Wait for the seconds in Retry-After, then try again."
        ),
        [500] = new(
            "internal_error",
            "InternalServerErrorException",
            "Internal Server Error",
            "Something went wrong on our side. Try again; if it happens again, report the correlationId."
        ),
        [502] = new("upstream_failed", "BadGatewayException", "Bad Gateway", "A service that we depend on failed. Try again in a moment."),
        [503] = new(
            "unavailable",
            "ServiceUnavailableException",
            "Service Unavailable",
            "The service is unavailable for the moment. Try again after the seconds in Retry-After."
        ),
        [504] = new(
            "timeout",
            "GatewayTimeoutException",
            "Gateway Timeout",
            "The request took too long and was given up. Try again in a moment."
        ),
    };

    public static Text Of(int status) =>
        Known.TryGetValue(status, out var text) ? text
        : status >= 500 ? Known[500] with { Code = $"http_{status}" }
        : Known[400] with { Code = $"http_{status}", Error = "HttpException" };
}
