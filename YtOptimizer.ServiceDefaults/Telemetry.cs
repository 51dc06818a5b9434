using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using YtOptimizer.ServiceDefaults.Observability;

namespace YtOptimizer.ServiceDefaults;

/// <summary>OpenTelemetry logs, metrics and traces, exported by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; else requests and
/// statements are not described at all.</summary>
internal static partial class Telemetry
{
    /// <summary>Names under which the exporters ask for their HTTP clients.</summary>
    private static readonly string[] ExporterClients = ["OtlpTraceExporter", "OtlpMetricExporter", "OtlpLogExporter"];

    private static readonly string Instance = string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.MachineName}:{Environment.ProcessId}"
    );

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        // Query strings may hold tokens: redaction stays on, whatever a development launcher says.
        builder.Configuration.AddInMemoryCollection([
            new("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "false"),
            new("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "false"),
        ]);
        // The product's own spans carry the correlation of a job, whether or not anybody collects them.
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => Identify(resource, builder.Environment))
            .WithTracing(tracing => tracing.AddSource(builder.Environment.ApplicationName, "YtOptimizer*"));
        if (!IsExported(builder.Configuration))
        {
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.SetSampler(new AlwaysOnSampler()));
            return;
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder
            .Services.AddOpenTelemetry()
            .WithMetrics(metrics =>
                metrics
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddMeter("Polly", "YtOptimizer*")
            )
            .WithTracing(tracing =>
                tracing
                    .SetSampler(QuietRootSampler.Create(builder.Configuration))
                    .AddAspNetCoreInstrumentation(options => options.Filter = context => !HealthPaths.IsPolled(context.Request.Path))
                    .AddHttpClientInstrumentation()
                    .AddProcessor(new UrlRedaction())
            );
        builder.Services.AddOpenTelemetry().UseOtlpExporter();
        foreach (var exporter in ExporterClients)
        {
            // The collector is the operator's own and stands inside: the guard of outbound calls is not for it.
            builder
                .Services.AddHttpClient(exporter)
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        }
    }

    /// <summary>Whether anybody collects: describing each request and statement for nobody would cost a good part of them.</summary>
    public static bool IsExported(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    /// <summary>Name, version and instance; OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, which Aspire sets, win.</summary>
    private static void Identify(ResourceBuilder resource, IHostEnvironment environment)
    {
        var version = Assembly
            .GetEntryAssembly()
            ?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0];
        resource
            .AddService(
                environment.ApplicationName,
                serviceNamespace: "YtOptimizer",
                version,
                autoGenerateServiceInstanceId: false,
                Instance
            )
            .AddAttributes([new("deployment.environment.name", environment.EnvironmentName.ToLowerInvariant())])
            .AddEnvironmentVariableDetector();
    }

    /// <summary>Removes what is secret in URLs of spans: queries, and bot tokens, which some services take in the path.</summary>
    internal sealed partial class UrlRedaction : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            data.SetTag("url.query", null);
            foreach (var tag in (string[])["url.full", "url.path", "http.url"])
            {
                if (data.GetTagItem(tag) is string url)
                {
                    data.SetTag(tag, Redact(url));
                }
            }
        }

        internal static string Redact(string url)
        {
            var query = url.IndexOf('?', StringComparison.Ordinal);
            return PathToken().Replace(query < 0 ? url : url[..query], "/bot***");
        }

        [GeneratedRegex(@"/bot\d+:[^/]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
        private static partial Regex PathToken();
    }
}
