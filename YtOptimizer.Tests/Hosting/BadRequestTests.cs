using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Hosting;

/// <summary>Which bodies are read, and the one shape of every refusal.</summary>
public sealed class BadRequestTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Fields =
    [
        "type",
        "title",
        "status",
        "detail",
        "code",
        "statusCode",
        "timestamp",
        "path",
        "message",
        "error",
        "correlationId",
        "traceId",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string?, string?, int, string> BadRequests() =>
        new()
        {
            { "POST", "/api/v1/auth/login", "{", "application/json", 400, "BadRequestException" },
            { "POST", "/api/v1/auth/login", "[]", "application/json", 400, "BadRequestException" },
            { "POST", "/api/v1/auth/login", "{}", "application/json", 400, "BadRequestException" },
            { "POST", "/api/v1/auth/login", "null", "application/json", 400, "BadRequestException" },
            { "POST", "/api/v1/auth/login", "", "application/json", 400, "BadRequestException" },
            {
                "POST",
                "/api/v1/auth/login",
                """{"email":"a@example.com","password":"x","extra":1}""",
                "application/json",
                400,
                "BadRequestException"
            },
            {
                "POST",
                "/api/v1/auth/login",
                """{"email":"a@example.com","email":"b@example.com","password":"x"}""",
                "application/json",
                400,
                "BadRequestException"
            },
            { "POST", "/api/v1/auth/login", """{"email":1,"password":"x"}""", "application/json", 400, "BadRequestException" },
            { "POST", "/api/v1/auth/login", """{"email":null,"password":"x"}""", "application/json", 400, "BadRequestException" },
            {
                "POST",
                "/api/v1/auth/login",
                """{"email":"a@example.com","password":"x"}""",
                "text/plain",
                415,
                "UnsupportedMediaTypeException"
            },
            {
                "POST",
                "/api/v1/auth/login",
                """{"email":"a@example.com","password":"x"}""",
                "application/json; charset=utf-16",
                415,
                "UnsupportedMediaTypeException"
            },
            {
                "POST",
                "/api/v1/auth/login",
                """{"email":"a@example.com","password":"x"}""",
                "application/json; charset=nonsense",
                415,
                "UnsupportedMediaTypeException"
            },
            { "GET", "/api/v1/auth/profile", null, null, 401, "UnauthorizedException" },
            { "GET", "/api/v1/nothing-here", null, null, 404, "NotFoundException" },
            { "PUT", "/api/v1/auth/login", "{}", "application/json", 405, "MethodNotAllowedException" },
        };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task Error_OfAnyKind_HasTheOneShape(
        string method,
        string path,
        string? body,
        string? contentType,
        int status,
        string error
    )
    {
        using var client = api.Anonymous();
        using var request = new HttpRequestMessage(new HttpMethod(method), path + "?q=1");
        // Even a client that asks for HTML gets the shape.
        request.Headers.Accept.ParseAdd("text/html");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await client.SendAsync(request, Ct);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await Tokens.JsonAsync(response);
        Assert.All(Fields, field => Assert.True(problem.TryGetProperty(field, out _), $"{field} is missing in {problem}"));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(status, problem.GetProperty("statusCode").GetInt32());
        Assert.Equal(error, problem.GetProperty("error").GetString());
        Assert.Equal(JsonValueKind.String, problem.GetProperty("message").ValueKind);
        Assert.Equal(path + "?q=1", problem.GetProperty("path").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", problem.GetProperty("timestamp").GetString());
        Assert.Equal(Assert.Single(response.Headers.GetValues("X-Correlation-Id")), problem.GetProperty("correlationId").GetString());
        Assert.DoesNotContain("YtOptimizer.", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"email":"a@example.com"}""", "password", "is required")]
    [InlineData("""{"email":"a@example.com","password":"x","hint":"y"}""", "hint", "is not known")]
    [InlineData("""{"email":"a@example.com","email":"x","password":"x"}""", "email", "more than once")]
    [InlineData("""{"email":{},"password":"x"}""", "email", "wrong kind")]
    [InlineData("""{"email":"a@example.com","password":null}""", "password", "must not be null")]
    public async Task Validation_WrongMember_IsNamedInErrorsAndMessage(string body, string field, string words)
    {
        using var client = api.Anonymous();
        using var response = await client.PostAsync(new Uri("/auth/login", UriKind.Relative), Json(body), Ct);
        var problem = await Tokens.JsonAsync(response);
        Assert.Equal("validation_failed", problem.GetProperty("code").GetString());
        Assert.Contains(words, problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
        Assert.Contains(words, problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_WithAByteOrderMark_IsRead()
    {
        using var client = api.Anonymous();
        using var content = new ByteArrayContent([
            0xEF,
            0xBB,
            0xBF,
            .. Encoding.UTF8.GetBytes("""{"email":"nobody@example.com","password":"not it at all"}"""),
        ]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.PostAsync(new Uri("/auth/login", UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("\"utf-8\"")]
    [InlineData("UTF-8")]
    [InlineData("utf8")]
    public async Task Charset_AnyWayToWriteUtf8_IsRead(string charset)
    {
        using var client = api.Anonymous();
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");
        using var response = await client.PostAsync(new Uri("/api/v1/auth/login", UriKind.Relative), content, Ct);
        Assert.Equal("validation_failed", (await Tokens.JsonAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Body_NestedDeeperThan32_IsRefused()
    {
        using var client = api.Anonymous();
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 40)) + "1" + new string('}', 40);
        using var response = await client.PostAsync(new Uri("/api/v1/errors/report", UriKind.Relative), Json(deep), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    public async Task Body_Compressed_IsRefused(string encoding)
    {
        using var client = api.Anonymous();
        using var content = Json("{}");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var response = await client.PostAsync(new Uri("/api/v1/errors/report", UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
