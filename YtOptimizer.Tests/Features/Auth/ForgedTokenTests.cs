using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

/// <summary>Tokens that must not work, in more than forty classes, and the one answer that all of them get.</summary>
public sealed class ForgedTokenTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Profile_WithAnyForgedToken_AnswersOneAndTheSame401()
    {
        var user = await api.CreateUserAsync();
        var forged = Forge(user).ToList();
        Assert.True(forged.Count >= 40, $"{forged.Count} classes");
        Assert.Equal(forged.Count, forged.Select(f => f.Name).Distinct().Count());
        using var client = api.Anonymous();
        var expected = await AnswerAsync(client, "Bearer not-a-token");
        foreach (var (name, token) in forged)
        {
            var answer = await AnswerAsync(client, "Bearer " + token);
            Assert.True(answer == expected, $"{name}: {answer}\nexpected {expected}");
        }

        Assert.Equal(expected, await AnswerAsync(client, null));
        Assert.Equal(expected, await AnswerAsync(client, "Basic dXNlcjpwYXNz"));
        using var real = await user.Client.GetAsync(new Uri("/api/v1/auth/profile", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, real.StatusCode);
    }

    [Fact]
    public async Task Refresh_WithAnAccessToken_IsRefused()
    {
        var user = await api.CreateUserAsync();
        using var client = api.Anonymous();
        using var response = await client.PostAsync(
            new Uri("/auth/refresh", UriKind.Relative),
            new StringContent($$"""{"refreshToken":"{{user.AccessToken}}"}""", Encoding.UTF8, "application/json"),
            Ct
        );
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static async Task<string> AnswerAsync(HttpClient client, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/profile");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await client.SendAsync(request, Ct);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject();
        foreach (var varying in new[] { "traceId", "correlationId", "timestamp" })
        {
            body.Remove(varying);
        }

        var headers = response
            .Headers.Concat(response.Content.Headers)
            .Where(h => h.Key is not ("X-Correlation-Id" or "Date" or "Content-Length" or "Content-Security-Policy"))
            .Select(h => h.Key.Contains("RateLimit", StringComparison.OrdinalIgnoreCase) ? h.Key : $"{h.Key}: {string.Join(',', h.Value)}")
            .Order(StringComparer.Ordinal);
        return $"{(int)response.StatusCode}\n{string.Join('\n', headers)}\n{body.ToJsonString()}";
    }

    private IEnumerable<(string Name, string Token)> Forge(ApiUser user)
    {
        var parts = user.AccessToken.Split('.');
        var payload = JsonNode.Parse(Encoding.UTF8.GetString(Decode(parts[1])))!.AsObject();
        var secret = Encoding.UTF8.GetBytes(api.JwtSecret);
        JsonObject Header(string alg, string? typ = "at+jwt")
        {
            var header = new JsonObject { ["alg"] = alg };
            if (typ is not null)
            {
                header["typ"] = typ;
            }

            return header;
        }

        JsonObject With(string claim, JsonNode? value)
        {
            var copy = payload.DeepClone().AsObject();
            copy[claim] = value;
            return copy;
        }

        JsonObject Without(string claim)
        {
            var copy = payload.DeepClone().AsObject();
            copy.Remove(claim);
            return copy;
        }

        string Hs256(JsonObject body, JsonObject? header = null, byte[]? key = null) =>
            Sign(header ?? Header("HS256"), body, input => HMACSHA256.HashData(key ?? secret, input));

        // No signature, or none worth the name.
        foreach (var none in new[] { "none", "None", "NONE", "nOnE" })
        {
            yield return ("alg " + none, Sign(Header(none), payload, _ => []));
            yield return ($"alg {none} with the real signature", Sign(Header(none), payload, input => HMACSHA256.HashData(secret, input)));
        }

        yield return ("empty alg", Sign(Header(""), payload, input => HMACSHA256.HashData(secret, input)));
        yield return ("no alg", Sign(new JsonObject { ["typ"] = "at+jwt" }, payload, input => HMACSHA256.HashData(secret, input)));
        yield return ("signature removed", parts[0] + "." + parts[1] + ".");
        yield return ("two parts", parts[0] + "." + parts[1]);
        yield return ("zero signature", Sign(Header("HS256"), payload, _ => new byte[32]));
        yield return ("truncated signature", user.AccessToken[..^8]);
        yield return ("signature of another token", parts[0] + "." + parts[1] + "." + Hs256(With("jti", "x")).Split('.')[2]);
        yield return ("payload exchanged", parts[0] + "." + Encode(With("role", "admin")) + "." + parts[2]);
        yield return ("bit flipped", parts[0] + "." + parts[1] + "." + (parts[2][0] == 'A' ? 'B' : 'A') + parts[2][1..]);

        // Other algorithms and other keys.
        yield return ("HS384 with the secret", Sign(Header("HS384"), payload, input => HMACSHA384.HashData(secret, input)));
        yield return ("HS512 with the secret", Sign(Header("HS512"), payload, input => HMACSHA512.HashData(secret, input)));
        using var rsa = RSA.Create(2048);
        yield return (
            "RS256",
            Sign(Header("RS256"), payload, input => rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
        );
        yield return (
            "PS256",
            Sign(Header("PS256"), payload, input => rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pss))
        );
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        yield return ("ES256", Sign(Header("ES256"), payload, input => ec.SignData(input, HashAlgorithmName.SHA256)));
        var pem = Encoding.UTF8.GetBytes(rsa.ExportSubjectPublicKeyInfoPem());
        yield return ("key confusion: HMAC with a public key", Hs256(payload, key: pem));
        yield return ("RS256 header, HMAC with the secret", Sign(Header("RS256"), payload, input => HMACSHA256.HashData(secret, input)));
        yield return ("blank key", Hs256(payload, key: []));
        yield return (
            "well-known key",
            Hs256(payload, key: Encoding.UTF8.GetBytes("your-super-secret-jwt-token-with-at-least-32-characters-long"))
        );
        yield return ("secret in lower case", Hs256(payload, key: Encoding.UTF8.GetBytes(api.JwtSecret.ToLowerInvariant())));
        yield return ("secret decoded from base64", Hs256(payload, key: Convert.FromBase64String(api.JwtSecret)));

        // Headers that bring or point to a key.
        foreach (
            var (name, value) in new (string, JsonNode)[]
            {
                ("jwk", new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" }),
                ("jku", "http://127.0.0.1:1/keys"),
                ("x5u", "http://127.0.0.1:1/cert"),
                ("x5c", new JsonArray("AAAA")),
                ("kid", "../../../../dev/null"),
            }
        )
        {
            var header = Header("HS256");
            header[name] = value;
            yield return ("header " + name, Hs256(payload, header, key: new byte[32]));
        }

        foreach (
            var (name, value) in new (string, JsonNode)[]
            {
                ("kid", "x' UNION SELECT 'secret"),
                ("kid", new JsonArray("a")),
                ("x5t", "AAAA"),
            }
        )
        {
            var header = Header("HS256");
            header[name] = value;
            yield return ($"header {name} as {value.ToJsonString()}", Hs256(payload, header, key: "secret"u8.ToArray()));
        }

        yield return ("alg in lower case", Hs256(payload, Header("hs256")));
        yield return ("alg with a space", Hs256(payload, Header("HS256 ")));
        yield return ("alg as a list", Hs256(payload, new JsonObject { ["alg"] = new JsonArray("HS256"), ["typ"] = "at+jwt" }));
        yield return ("encrypted form, five parts", string.Join('.', parts[0], parts[1], parts[2], parts[1], parts[2]));
        yield return (
            "nested type",
            Hs256(
                payload,
                new JsonObject
                {
                    ["alg"] = "HS256",
                    ["typ"] = "at+jwt",
                    ["cty"] = "JWT",
                },
                key: new byte[32]
            )
        );
        yield return (
            "signature of the payload alone",
            parts[0] + "." + parts[1] + "." + Base64(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(parts[1])))
        );
        yield return ("header exchanged", Encode(Header("none")) + "." + parts[1] + "." + parts[2]);
        yield return ("character beyond ASCII", user.AccessToken[..20] + "\u00e9" + user.AccessToken[20..]);

        // Signed with the real secret, but not an access token of this service.
        yield return ("header type JWT", Hs256(payload, Header("HS256", "JWT")));
        yield return ("no header type", Hs256(payload, Header("HS256", null)));
        yield return ("refresh as header type", Hs256(payload, Header("HS256", "refresh+jwt")));
        yield return ("payload type refresh", Hs256(With("typ", "refresh")));
        yield return ("no payload type", Hs256(Without("typ")));
        yield return ("other audience", Hs256(With("aud", "somebody-else")));
        yield return ("no audience", Hs256(Without("aud")));
        yield return ("other issuer", Hs256(With("iss", "https://evil.example")));
        yield return ("no issuer", Hs256(Without("iss")));
        yield return ("audience as an object", Hs256(With("aud", new JsonObject { ["a"] = "ytoptimizer-api" })));
        yield return ("issuer with a slash", Hs256(With("iss", "ytoptimizer/")));
        yield return ("subject of nobody's shape", Hs256(With("sub", new JsonArray("x"))));
        yield return ("expired", Hs256(With("exp", DateTimeOffset.UnixEpoch.ToUnixTimeSeconds() + 1)));
        yield return ("expired a minute ago", Hs256(With("exp", payload["iat"]!.GetValue<long>() - 60)));
        yield return ("no expiry", Hs256(Without("exp")));
        yield return ("expiry as text", Hs256(With("exp", "tomorrow")));
        yield return (
            "expiry as a number in quotes",
            Hs256(With("exp", payload["exp"]!.GetValue<long>().ToString(System.Globalization.CultureInfo.InvariantCulture)))
        );
        yield return ("issued in the future", Hs256(With("iat", payload["exp"]!.GetValue<long>() + 3600)));
        yield return ("issued as text", Hs256(With("iat", "now")));
        yield return ("signature with padding", user.AccessToken + "=");
        yield return ("payload with padding", parts[0] + "." + parts[1] + "=." + parts[2]);
        yield return ("signature in another spelling", user.AccessToken[..^1] + Sibling(user.AccessToken[^1]));
        foreach (
            var (claim, value) in new[]
            {
                ("role", "\"admin\""),
                ("sub", "\"" + Guid.Empty + "\""),
                ("exp", "9999999999"),
                ("r\\u006fle", "\"admin\""),
            }
        )
        {
            var twice = payload.ToJsonString();
            yield return (
                $"claim {claim} twice",
                SignText(Header("HS256").ToJsonString(), twice[..^1] + $",\"{claim}\":{value}}}", input =>
                    HMACSHA256.HashData(secret, input)
                )
            );
        }

        yield return (
            "header alg twice",
            SignText("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"alg\":\"none\"}", payload.ToJsonString(), input =>
                HMACSHA256.HashData(secret, input)
            )
        );
        yield return ("not yet valid", Hs256(With("nbf", payload["exp"]!.GetValue<long>() + 3600)));
        yield return ("no subject", Hs256(Without("sub")));
        yield return ("subject is no id", Hs256(With("sub", "admin")));
        yield return ("no session", Hs256(Without("sid")));
        yield return ("no token version", Hs256(Without("token_version")));
        yield return ("no role", Hs256(Without("role")));

        // Not tokens at all.
        yield return ("refresh token", user.RefreshToken);
        yield return ("four parts", user.AccessToken + ".x");
        yield return ("payload is no JSON", parts[0] + "." + Convert.ToBase64String("hello"u8.ToArray()).TrimEnd('=') + "." + parts[2]);
        yield return ("payload is an array", Sign(Header("HS256"), null, input => HMACSHA256.HashData(secret, input), "[]"));
        yield return ("very long", new string('a', 6000));
        yield return ("dots", "...");
    }

    private static string Sign(JsonObject header, JsonObject? payload, Func<byte[], byte[]> sign, string? raw = null)
    {
        var input = Encode(header) + "." + (raw is null ? Encode(payload!) : Base64(Encoding.UTF8.GetBytes(raw)));
        return input + "." + Base64(sign(Encoding.ASCII.GetBytes(input)));
    }

    private static string SignText(string header, string payload, Func<byte[], byte[]> sign)
    {
        var input = Base64(Encoding.UTF8.GetBytes(header)) + "." + Base64(Encoding.UTF8.GetBytes(payload));
        return input + "." + Base64(sign(Encoding.ASCII.GetBytes(input)));
    }

    /// <summary>Another character that stands for the same bits where the last two are unused.</summary>
    private static char Sibling(char last)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return Alphabet[Alphabet.IndexOf(last, StringComparison.Ordinal) ^ 1];
    }

    private static string Encode(JsonObject json) => Base64(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
