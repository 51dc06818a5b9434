namespace YtOptimizer.Api.Realtime;

/// <summary>What every live connection must keep to, whatever its transport.</summary>
internal static class HandshakeRules
{
    private static readonly string[] SecretNames = ["token", "access_token", "accessToken", "jwt", "authorization", "auth"];

    /// <summary>Addresses are written into logs, histories and Referer headers: a token there is given away.</summary>
    public static bool TokenInQuery(HttpRequest request) =>
        request.Query.Keys.Any(key => SecretNames.Contains(key, StringComparer.OrdinalIgnoreCase));
}
