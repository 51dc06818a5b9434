namespace YtOptimizer.Api.Hosting;

/// <summary>
/// How a caller wants refusals told. The existing single-page app signs its user out on every error of a signed-in call, so pages get an
/// ordinary answer that carries the reason (a failed job, an explanation, a notification); programs get the precise status.
/// <c>Prefer: handling=strict</c> or <c>handling=lenient</c> (RFC 7240) decides; without it a browser's page (it sends Origin) is taken for
/// the app.
/// </summary>
internal static class PreferHandling
{
    private const string Preference = "handling=";

    public static bool IsLenient(HttpContext context)
    {
        var wanted = context
            .Request.Headers["Prefer"]
            .SelectMany(value => (value ?? "").Split([',', ';'], StringSplitOptions.TrimEntries))
            .FirstOrDefault(part => part.StartsWith(Preference, StringComparison.OrdinalIgnoreCase))
            ?[Preference.Length..].Trim('"');
        if (wanted is null)
        {
            return context.Request.Headers.Origin.Count > 0;
        }

        var lenient = string.Equals(wanted, "lenient", StringComparison.OrdinalIgnoreCase);
        context.Response.Headers["Preference-Applied"] = lenient ? "handling=lenient" : "handling=strict";
        return lenient;
    }
}
