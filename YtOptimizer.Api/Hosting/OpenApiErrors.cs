using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// The error answers of an operation with their codes by name: in words for people, as <c>x-error-codes</c> for generators.
/// </summary>
internal static class OpenApiErrors
{
    public const string Extension = "x-error-codes";

    /// <summary>Codes that the pipeline gives for a status on its own; see <see cref="ProblemTexts"/> for the others.</summary>
    private static readonly Dictionary<int, string[]> General = new()
    {
        [400] = ["validation_failed", "bad_request"],
        [401] = ["unauthenticated"],
        [403] = ["forbidden"],
        [503] = ["unavailable", "access_state_unavailable"],
    };

    /// <param name="operation">Its error answers exist already.</param>
    /// <param name="declared">What its handler refuses.</param>
    public static void Name(OpenApiOperation operation, IEnumerable<IRefusals> declared)
    {
        var own = declared.SelectMany(refusals => refusals.All).ToLookup(refusal => refusal.Status, refusal => refusal.Code);
        foreach (var (key, answer) in operation.Responses!)
        {
            if (!int.TryParse(key, CultureInfo.InvariantCulture, out var status) || status < 400 || answer is not OpenApiResponse response)
            {
                continue;
            }

            string[] codes =
            [
                .. own[status].Concat(General.GetValueOrDefault(status) ?? [ProblemTexts.Of(status).Code]).Distinct(StringComparer.Ordinal),
            ];
            response.Description += $" Codes: {string.Join(", ", codes.Select(code => $"`{code}`"))}.";
            response.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal);
            response.Extensions[Extension] = new JsonNodeExtension(new JsonArray([.. codes.Select(code => (JsonNode)code)]));
        }
    }
}
