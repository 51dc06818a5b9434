using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// The OpenAPI 3.1 document. Slices say what is theirs (summary, success types); what all operations share is added here: operation ids
/// from the slice's name, the bearer scheme where a policy asks for it, and the common error answers.
/// </summary>
internal static partial class OpenApiSetup
{
    public const string Document = "v1";
    private const string Bearer = "bearer";
    private const string Problem = nameof(Problem);

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Document, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = type =>
                OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null ? null : SchemaName(type.Type);
            options.AddSchemaTransformer(
                (schema, _, _) =>
                {
                    schema.Description = OneLine(schema.Description);
                    return Task.CompletedTask;
                }
            );
            options.AddOperationTransformer(Describe);
            options.AddDocumentTransformer(Complete);
        });

    private static async Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var slice = SliceOf(metadata.OfType<MethodInfo>().LastOrDefault());
        operation.OperationId ??= slice is null ? null : char.ToLowerInvariant(slice[0]) + slice[1..];
        // The framework writes a handler's documentation comment over the title of the endpoint.
        operation.Summary = OneLine(
            metadata.OfType<IEndpointSummaryMetadata>().LastOrDefault()?.Summary
                ?? (slice is null ? operation.Summary : Words().Replace(slice, m => " " + m.Value.ToLowerInvariant()))
        )
            ?.TrimEnd('.');
        operation.Description = OneLine(
            operation.Description ?? XmlDescriptions.Of(metadata.OfType<MethodInfo>().LastOrDefault()) ?? operation.Summary
        );
        operation.Responses ??= [];

        var document = context.Document!;
        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemBody), null, ct);
        document.AddComponent(Problem, problem);
        var anonymous = metadata.OfType<IAllowAnonymous>().Any() || !metadata.OfType<IAuthorizeData>().Any();
        var body = operation.RequestBody is not null;
        if (!anonymous)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
            Answer(operation, document, 401, "No access token, or one that is expired or revoked.");
            Answer(operation, document, 403, "The account lacks the permission, or its address is blocked.");
        }

        if (body || operation.Parameters is { Count: > 0 })
        {
            Answer(operation, document, 400, "The request is not valid; errors names the fields.");
        }

        if (operation.Parameters?.Any(p => p.In == ParameterLocation.Path) == true)
        {
            Answer(operation, document, 404, "Not found, or not yours.");
        }

        if (body)
        {
            Answer(operation, document, 413, "The body is too large.");
            Answer(operation, document, 415, "The body has a content type or encoding that is not read here.");
        }

        // Errors that slices declare themselves have the same body.
        foreach (var declared in operation.Responses.Keys.Where(k => k[0] is '4' or '5').ToList())
        {
            Answer(operation, document, declared, ProblemTexts.Of(int.Parse(declared, CultureInfo.InvariantCulture)).Detail);
        }

        if (metadata.OfType<NullableAnswer>().Any())
        {
            AllowNull(operation);
        }

        foreach (
            var status in metadata.OfType<IRefusals>().SelectMany(refusals => refusals.All).Select(refusal => refusal.Status).Distinct()
        )
        {
            Answer(operation, document, status, ProblemTexts.Of(status).Detail);
        }

        Answer(operation, document, "default", "Any other error.");
        Answer(operation, document, 429, "Too many requests; wait for the seconds in Retry-After.");
        Answer(operation, document, 500, "Something failed on our side.");
        Answer(operation, document, 503, "The database or the service is unavailable; try again after Retry-After.");
        OpenApiErrors.Name(operation, metadata.OfType<IRefusals>());
        OpenApiExamples.Add(operation, metadata.OfType<BodyExample>().LastOrDefault());
    }

    // Comments in the sources are wrapped at the width of the screen, which means nothing to readers of the document.
    private static string? OneLine(string? text) => text is null ? null : Spaces().Replace(text, " ").Trim();

    private static Task Complete(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new OpenApiInfo
        {
            Title = "YtOptimizer API",
            Version = "1",
            Description =
                "Analyses YouTube videos and suggests better titles, descriptions, tags, chapters and thumbnails. "
                + "Sign in at POST /api/v1/auth/login and send the access token as a bearer token. Errors are RFC 9457 problem details; "
                + "decide by their code.",
            Contact = new OpenApiContact { Name = "The operators of this server" },
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "The accessToken of a login.",
        };
        MakeOperationIdsUnique(document);
        OpenApiTags.Apply(document);
        OpenApiSchemas.Polish(document);
        return Task.CompletedTask;
    }

    /// <summary>The same slice may answer at two addresses (the auth group does): the shorter address gets a suffix.</summary>
    private static void MakeOperationIdsUnique(OpenApiDocument document)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var operations = document
            .Paths.OrderByDescending(p => p.Key.StartsWith("/api/v1", StringComparison.Ordinal))
            .ThenBy(p => p.Key, StringComparer.Ordinal)
            .SelectMany(p => (p.Value.Operations ?? []).OrderBy(o => o.Key.Method, StringComparer.Ordinal).Select(o => o.Value));
        foreach (var operation in operations.Where(o => o.OperationId is not null))
        {
            var name = operation.OperationId!;
            for (var n = 1; !seen.Add(operation.OperationId!); n++)
            {
                operation.OperationId = n == 1 ? name + "Alias" : $"{name}Alias{n}";
            }
        }
    }

    private static void Answer(OpenApiOperation operation, OpenApiDocument document, int status, string description) =>
        Answer(operation, document, status.ToString(CultureInfo.InvariantCulture), description);

    private static void Answer(OpenApiOperation operation, OpenApiDocument document, string key, string description)
    {
        var media = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Problem, document) },
        };
        var said = operation.Responses!.TryGetValue(key, out var existing) ? existing.Description : null;
        operation.Responses[key] = new OpenApiResponse
        {
            Description = said is null or "" || said.Length < 15 ? description : said,
            Content = media,
        };
    }

    private static void AllowNull(OpenApiOperation operation)
    {
        foreach (
            var media in operation
                .Responses!.Where(r => r.Key[0] == '2')
                .SelectMany(r => r.Value.Content?.Values ?? [])
                .Where(m => m.Schema is not null)
        )
        {
            media.Schema = new OpenApiSchema { OneOf = [media.Schema!, new OpenApiSchema { Type = JsonSchemaType.Null }] };
        }
    }

    private static string? SliceOf(MethodInfo? handler)
    {
        var type = handler?.DeclaringType;
        return type is null || type.Name.Contains('<', StringComparison.Ordinal) ? null
            : handler!.Name is "Handle" or "HandleAsync" ? type.Name
            : handler.Name.Replace("Async", "", StringComparison.Ordinal);
    }

    private static string SchemaName(Type type)
    {
        var name = type.Name.Split('`')[0] + string.Concat(type.GenericTypeArguments.Select(SchemaName));
        return type.DeclaringType is { } outer && !type.IsGenericParameter ? SchemaName(outer) + name : name;
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex Words();
}

/// <summary>Metadata of an endpoint whose success answer may be null: C# does not carry that into the document.</summary>
internal sealed record NullableAnswer;
