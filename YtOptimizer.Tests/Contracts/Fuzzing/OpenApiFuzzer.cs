using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace YtOptimizer.Tests.Contracts.Fuzzing;

/// <summary>
/// Sends requests that the OpenAPI document suggests, valid ones and ones spoilt in body, headers, method, path or credentials, and hands
/// every answer to <see cref="AnswerJudge"/>. What answers show (ids, codes, tokens) is used in later requests; what was deleted is asked
/// for once more.
/// </summary>
internal sealed class OpenApiFuzzer
{
    private static readonly string[] ContentTypes =
    [
        "application/json",
        "text/plain",
        "application/xml",
        "application/json; charset=latin1",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
    ];
    private readonly IReadOnlyList<FuzzCaller> callers;
    private readonly Random random;
    private readonly GoodValues good = new();
    private readonly JsonMaker maker;
    private readonly Mutations mutations;
    private readonly AnswerJudge judge;

    public OpenApiFuzzer(JsonElement document, int seed, IReadOnlyList<FuzzCaller> callers)
    {
        this.callers = callers;
        random = new Random(seed);
        maker = new JsonMaker(document, random, good);
        mutations = new Mutations(maker, random);
        judge = new AnswerJudge(document, good);
    }

    public AnswerJudge Judge => judge;

    public async Task RunAsync(
        int requests,
        IReadOnlyList<(string Method, string Path, JsonElement Operation)> operations,
        CancellationToken ct
    )
    {
        foreach (var caller in callers)
        {
            await caller.RenewAsync(good);
        }

        for (var sent = 0; sent < requests; sent++)
        {
            var (method, path, operation) = operations[sent % operations.Count];
            var name = $"{method} {path}";
            var leaving =
                path.EndsWith("/logout", StringComparison.Ordinal)
                || path.EndsWith("/logout-all", StringComparison.Ordinal)
                || path.EndsWith("/change-password", StringComparison.Ordinal);
            var caller = leaving && random.Next(3) > 0 ? callers[^1] : callers[random.Next(callers.Count - 1)];
            good.Turn(caller.Name, path, callers[random.Next(callers.Count)].Email);
            using var request = Make(method, path, operation, out var body, out var expected, out var how);
            var shown =
                $"{request.Method} {request.RequestUri} as {caller.Name} ({how}) "
                + $"{request.Content?.Headers.NonValidated.FirstOrDefault(h => h.Key == "Content-Type").Value} "
                + $"{(body.Length > 300 ? body[..300] + "…" : body)}";
            if (request.Headers.Authorization is null && !request.Headers.Contains("Authorization") && caller.Token is { } token)
            {
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
            }

            try
            {
                using var response = await caller.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
                var status = await judge.JudgeAsync(name, operation, caller, expected, response, shown, ct);
                if (
                    caller.Token is not null
                    && expected is not Expected.Unauthenticated
                    && (status == HttpStatusCode.Unauthorized || (status == HttpStatusCode.OK && leaving))
                )
                {
                    await caller.RenewAsync(good);
                }

                if (method == "DELETE" && expected == Expected.Documented && (int)status is >= 200 and < 300 && sent + 1 < requests)
                {
                    sent++;
                    await DeleteAgainAsync(name, operation, caller, request.RequestUri!, ct);
                }
            }
            catch (HttpRequestException exception)
            {
                judge.Note(name, "the connection broke", $"{shown}: {exception.Message}");
            }
        }
    }

    private async Task DeleteAgainAsync(string name, JsonElement operation, FuzzCaller caller, Uri address, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, address);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + caller.Token);
        using var response = await caller.Client.SendAsync(request, ct);
        // Unblocking what is not blocked, withdrawing what is withdrawn and emptying an empty channel are no errors, by contract.
        await judge.JudgeAsync(
            name,
            operation,
            caller,
            name.Contains("/unblock/", StringComparison.Ordinal)
            || name.Contains("/invitations/", StringComparison.Ordinal)
            || name == "DELETE /api/v1/channel"
                ? Expected.Documented
                : Expected.Refused,
            response,
            $"DELETE {address} as {caller.Name}, again",
            ct
        );
    }

    private HttpRequestMessage Make(
        string method,
        string path,
        JsonElement operation,
        out string body,
        out Expected expected,
        out string how
    )
    {
        (expected, how) = (Expected.Documented, "valid");
        var kind = random.Next(100);
        var wildness = kind is >= 35 and < 60
            ? random.Next(2) == 0
                ? 0.1
                : 0.4
            : 0;
        var address = Address(path, operation, wildness);
        var request = new HttpRequestMessage(new HttpMethod(method), address);
        body = AddBody(request, operation, wildness);
        if (wildness > 0)
        {
            how = "wild";
        }
        else if (
            kind is >= 60 and < 75
            && body.Length > 0
            && operation.GetProperty("requestBody").GetProperty("content").EnumerateObject().First() is { Name: "application/json" } media
            && mutations.Violation(media.Value.GetProperty("schema"), body) is { } violation
        )
        {
            (body, expected, how) = (violation.Body, Expected.Refused, violation.Rule);
            request.Content = Json(Encoding.UTF8.GetBytes(body));
        }
        else if (kind is >= 75 and < 85)
        {
            how = "odd headers";
            mutations.AddHeaders(request);
        }
        else if (kind is >= 85 and < 90 && operation.TryGetProperty("security", out _))
        {
            (expected, how) = (Expected.Unauthenticated, "bad credentials");
            request.Headers.TryAddWithoutValidation("Authorization", mutations.Authorization());
        }
        else if (kind is >= 90 and < 94)
        {
            (expected, how) = (Expected.NoServerError, "other method");
            request.Method = new HttpMethod(mutations.Method());
        }
        else if (kind is >= 94 and < 98)
        {
            (expected, how) = (Expected.NoServerError, "odd path");
            request.RequestUri = new Uri(mutations.Path(address), UriKind.Relative);
        }
        else if (kind >= 98 && body.Length > 0)
        {
            // Reports of browsers are taken as they come.
            (expected, how) = (path.EndsWith("report", StringComparison.Ordinal) ? Expected.Documented : Expected.Refused, "no UTF-8");
            request.Content = Json(mutations.BreakBytes(body));
        }

        return request;
    }

    private string Address(string path, JsonElement operation, double wildness)
    {
        var query = new StringBuilder();
        if (!operation.TryGetProperty("parameters", out var parameters))
        {
            return path;
        }

        foreach (var parameter in parameters.EnumerateArray())
        {
            var name = parameter.GetProperty("name").GetString()!;
            var text = maker.MakeText(parameter.TryGetProperty("schema", out var schema) ? schema : default, wildness, name);
            if (parameter.GetProperty("in").GetString() == "path")
            {
                text = text is "" or "." or ".." ? "x" : text.Replace('\0', '0');
                path = path.Replace("{" + name + "}", Escape(text.Length > 500 ? text[..500] : text), StringComparison.Ordinal);
            }
            else if (parameter.GetProperty("in").GetString() == "query" && random.Next(3) > 0)
            {
                query
                    .Append(query.Length == 0 ? '?' : '&')
                    .Append(name)
                    .Append('=')
                    .Append(Escape(text.Length > 1000 ? text[..1000] : text));
            }
        }

        return path + query;
    }

    private string AddBody(HttpRequestMessage request, JsonElement operation, double wildness)
    {
        if (!operation.TryGetProperty("requestBody", out var requestBody))
        {
            return "";
        }

        var media = requestBody.GetProperty("content").EnumerateObject().First();
        var multipart = media.Name.StartsWith("multipart", StringComparison.Ordinal);
        var body = multipart
            ? "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n"
            : maker.Make(media.Value.GetProperty("schema"), wildness);
        if (wildness > 0.3 && random.Next(5) == 0)
        {
            body = maker.Break(body);
        }

        request.Content = Json(
            Encoding.UTF8.GetBytes(body),
            wildness > 0.3 && random.Next(8) == 0 ? ContentTypes[random.Next(ContentTypes.Length)]
                : multipart ? "multipart/form-data; boundary=x"
                : media.Name
        );
        return body;
    }

    private static ByteArrayContent Json(byte[] bytes, string type = "application/json")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static string Escape(string text) =>
        string.Concat(
            Encoding
                .UTF8.GetBytes(text)
                .Select(b =>
                    char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_'
                        ? ((char)b).ToString()
                        : "%" + b.ToString("X2", CultureInfo.InvariantCulture)
                )
        );
}
