using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting.RateLimits;

namespace YtOptimizer.Api.Mcp;

/// <param name="Status">The HTTP status the endpoint answered with.</param>
/// <param name="Body">Its JSON; of an error the problem.</param>
internal sealed record EndpointAnswer(int Status, JsonElement Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>
/// Calls an endpoint of this API within the process, for the caller of the present request, with what belongs to it: policy, rate budget,
/// validation, filters, quota. Tools have no other way to the use cases.
/// </summary>
internal sealed class EndpointCaller(
    EndpointDataSource endpoints,
    LinkGenerator links,
    IAuthorizationPolicyProvider policies,
    IAuthorizationService authorization,
    IOptions<RateLimiterOptions> limits
)
{
    /// <param name="outer">The request of the tool call.</param>
    /// <param name="name">The endpoint's name (WithName).</param>
    /// <param name="route">Its route values.</param>
    /// <param name="body">Its body as JSON; null for none.</param>
    /// <param name="ct">Stops the call.</param>
    public async Task<EndpointAnswer> CallAsync(HttpContext outer, string name, object? route, object? body, CancellationToken ct)
    {
        var endpoint = endpoints
            .Endpoints.OfType<RouteEndpoint>()
            .Single(one => one.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == name);
        // Handlers read route values as the texts that they are in an address.
        var values = new RouteValueDictionary(
            new RouteValueDictionary(route).Select(value =>
                KeyValuePair.Create(value.Key, (object?)Convert.ToString(value.Value, CultureInfo.InvariantCulture))
            )
        );
        using var answer = new MemoryStream();
        var inner = Request(outer, endpoint, links.GetPathByName(name, values)!, values, body, answer, ct);
        var policy = await AuthorizationPolicy.CombineAsync(policies, endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>());
        if (policy is null || !(await authorization.AuthorizeAsync(inner.User, inner, policy)).Succeeded)
        {
            throw new InvalidOperationException($"The endpoint {name} is not for callers of {McpSetup.Path}.");
        }

        using var lease = await limits.Value.GlobalLimiter!.AcquireAsync(inner, 1, ct);
        if (lease.IsAcquired)
        {
            await endpoint.RequestDelegate!(inner);
        }
        else
        {
            await RateLimitSetup.RejectAsync(inner);
        }

        await inner.Response.CompleteAsync();
        return new EndpointAnswer(inner.Response.StatusCode, answer.Length == 0 ? default : JsonElement.Parse(answer.ToArray()));
    }

    private static DefaultHttpContext Request(
        HttpContext outer,
        RouteEndpoint endpoint,
        string path,
        RouteValueDictionary values,
        object? body,
        Stream answer,
        CancellationToken ct
    )
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(body is not null));
        var inner = new DefaultHttpContext(features)
        {
            RequestServices = outer.RequestServices,
            User = outer.User,
            RequestAborted = ct,
            TraceIdentifier = outer.TraceIdentifier,
        };
        inner.Connection.RemoteIpAddress = outer.Connection.RemoteIpAddress;
        inner.SetEndpoint(endpoint);
        var request = inner.Request;
        request.Method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0] ?? HttpMethods.Get;
        (request.Scheme, request.Host, request.Path, request.RouteValues) = (outer.Request.Scheme, outer.Request.Host, path, values);
        request.Headers.UserAgent = outer.Request.Headers.UserAgent;
        // Request logging gives the id on the way in; the job keeps it.
        inner.Response.Headers["X-Correlation-Id"] = outer.Response.Headers["X-Correlation-Id"];
        if (body is not null)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(body, ToolResults.Json);
            (request.Body, request.ContentLength, request.ContentType) = (new MemoryStream(json), json.Length, "application/json");
        }

        return inner;
    }

    private sealed record BodyDetection(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
