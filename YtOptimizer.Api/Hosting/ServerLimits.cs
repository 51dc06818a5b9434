using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Api.Hosting;

/// <summary>Bounds on size and time of a request. Larger uploads and long streams say so on their endpoint.</summary>
internal static class ServerLimits
{
    /// <summary>A request that takes longer is given up with 504; streams and uploads use DisableRequestTimeout().</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(100);

    public static WebApplicationBuilder AddServerLimits(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<KestrelServerOptions>()
            .Configure<IOptions<HostingOptions>>(
                (kestrel, hosting) =>
                {
                    kestrel.AddServerHeader = false;
                    kestrel.AllowSynchronousIO = false;
                    kestrel.Limits.MaxRequestBodySize = hosting.Value.MaxBodyBytes;
                    kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
                    kestrel.Limits.MaxRequestHeaderCount = 100;
                    kestrel.Limits.MaxRequestLineSize = 8 * 1024;
                    kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
                    kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
                    kestrel.Limits.Http2.MaxStreamsPerConnection = 100;
                }
            );
        builder
            .Services.AddOptions<FormOptions>()
            .Configure<IOptions<HostingOptions>>(
                (form, hosting) =>
                {
                    form.ValueCountLimit = 100;
                    form.KeyLengthLimit = 256;
                    form.ValueLengthLimit = (int)Math.Min(hosting.Value.MaxBodyBytes, int.MaxValue);
                    form.MultipartHeadersCountLimit = 16;
                    form.MultipartHeadersLengthLimit = 8 * 1024;
                }
            );
        builder.Services.AddRequestTimeouts(timeouts =>
            timeouts.DefaultPolicy = new RequestTimeoutPolicy
            {
                Timeout = RequestTimeout,
                TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
            }
        );
        return builder;
    }

    /// <summary>Lets this endpoint take bodies of up to <paramref name="bytes"/>, whatever MAX_FILE_SIZE says.</summary>
    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder builder, long bytes)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new BodyLimit(bytes));

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
