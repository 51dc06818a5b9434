using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace YtOptimizer.ServiceDefaults.Observability;

/// <summary>
/// Records no trace that would begin with a call to a server: such a statement or request belongs to no request and no work that has a
/// name, it is a process looking whether there is something to do. What such a look finds begins a trace of its own. Everything else goes
/// as OTEL_TRACES_SAMPLER says.
/// </summary>
internal sealed class QuietRootSampler(Sampler others) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.ParentContext.TraceId == default && samplingParameters.Kind == ActivityKind.Client
            ? new SamplingResult(SamplingDecision.Drop)
            : others.ShouldSample(samplingParameters);

    /// <summary>The sampler for a process: parents decide, roots by the settings of OpenTelemetry's specification.</summary>
    public static Sampler Create(IConfiguration configuration)
    {
        var ratio = double.TryParse(
            configuration["OTEL_TRACES_SAMPLER_ARG"],
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var given
        )
            ? Math.Clamp(given, 0, 1)
            : 1;
        return configuration["OTEL_TRACES_SAMPLER"]?.Trim().ToLowerInvariant() switch
        {
            "always_off" => new AlwaysOffSampler(),
            "always_on" => new QuietRootSampler(new AlwaysOnSampler()),
            "traceidratio" => new QuietRootSampler(new TraceIdRatioBasedSampler(ratio)),
            "parentbased_always_off" => new ParentBasedSampler(new AlwaysOffSampler()),
            "parentbased_traceidratio" => new ParentBasedSampler(new QuietRootSampler(new TraceIdRatioBasedSampler(ratio))),
            _ => new ParentBasedSampler(new QuietRootSampler(new AlwaysOnSampler())),
        };
    }
}
