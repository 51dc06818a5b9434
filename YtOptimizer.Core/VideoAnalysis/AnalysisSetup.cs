using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using YtOptimizer.Analysis;
using YtOptimizer.Core.Channels;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Storage;
using YtOptimizer.Core.Upstreams.Http;
using YtOptimizer.Core.Upstreams.OpenAi;
using YtOptimizer.Core.Upstreams.Resilience;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.Core.Usage;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>Registers the analysis pipeline and its upstreams, once for every host.</summary>
public static class AnalysisSetup
{
    public static IHostApplicationBuilder AddAnalysis(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddValidatedOptions<StorageOptions>(StorageOptions.Section);
        services.AddValidatedOptions<YouTubeOptions>(YouTubeOptions.Section);
        services.AddValidatedOptions<ComplianceOptions>(ComplianceOptions.Section);
        services.AddValidatedOptions<OpenAiOptions>(OpenAiOptions.Section);
        services.AddValidatedOptions<DeadlineOptions>(DeadlineOptions.Section);
        services.AddValidatedOptions<SpendOptions>(SpendOptions.Section);
        services.AddUpstream<YouTubeOptions>(YouTubeApi.Upstream, options => new Uri(options.BaseUrl), 8);
        services.AddUpstream<YouTubeOptions>(
            OEmbed.Upstream,
            options => string.IsNullOrWhiteSpace(options.OEmbedUrl) ? null : new Uri(options.OEmbedUrl),
            1
        );
        services.AddUpstream<YouTubeOptions>(
            VideoPicture.Upstream,
            options => string.IsNullOrWhiteSpace(options.PictureUrl) ? null : new Uri(options.PictureUrl),
            2
        );
        services.AddUpstream<OpenAiOptions>(OpenAiClients.ChatHttp, options => options.Endpoint, 8);
        services.AddUpstream<OpenAiOptions>(OpenAiClients.AudioHttp, options => options.TranscriptionEndpoint, 32);
        services.AddUpstream<OpenAiOptions>(OpenAiClients.ImagesHttp, options => options.ImagesEndpoint, 64);

        services.TryAddSingleton(Files);
        services.TryAddSingleton<UpstreamBreaker>();
        services.TryAddSingleton<VideoMetadataCache>();
        services.TryAddSingleton<YouTubeApi>();
        services.TryAddSingleton<YouTubeBatcher>();
        services.TryAddSingleton<OEmbed>();
        services.TryAddSingleton<VideoPicture>();
        services.TryAddSingleton<VideoMetadataSource>();
        services.TryAddSingleton<AiUsageLedger>();
        services.TryAddSingleton<OpenAiClients>();
        services.TryAddSingleton<ModelStatus>();
        services.TryAddSingleton<ModelCallExecutor>();
        services.TryAddSingleton<LlmGateway>();
        services.TryAddSingleton<Transcriber>();
        services.TryAddSingleton<ImageGenerator>();
        services.TryAddSingleton<SuggestionCache>();
        services.TryAddSingleton<ApiDataRetention>();
        services.TryAddSingleton<PreferenceReader>();
        services.TryAddSingleton<ChannelTitles>();
        services.TryAddSingleton<ChannelCatalogue>();
        services.TryAddSingleton<PlanFeatures>();
        services.TryAddSingleton<SpeechSource>();
        services.TryAddSingleton<InputAssembler>();
        services.TryAddSingleton<LlmSuggestions>();
        services.TryAddSingleton<SuggestionMerger>();
        services.TryAddSingleton<Analyzer>();
        services.TryAddSingleton<SuggestionGuard>();
        services.TryAddSingleton<AnalysisDeadline>();
        services.TryAddSingleton<AnalysisPipeline>();
        return builder;
    }

    private static FileStore Files(IServiceProvider services)
    {
        var storage = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        return string.IsNullOrWhiteSpace(storage.Directory)
            ? new DatabaseFileStore(services.GetRequiredService<Db>(), services.GetRequiredService<TimeProvider>(), storage.MaxUploadBytes)
            : new DirectoryFileStore(storage.Directory, storage.MaxUploadBytes);
    }

    /// <summary>Each upstream has its own deadline and the one retry layer beside its call, so the hosts' default handler stays
    /// out.</summary>
    private static void AddUpstream<T>(this IServiceCollection services, string name, Func<T, Uri?> address, int maxMegabytes)
        where T : class
    {
        var client = services
            .AddOutboundHttpClient(name, (outbound, provider) =>
            {
                outbound.BaseAddress = address(provider.GetRequiredService<IOptions<T>>().Value);
                outbound.ConnectTimeout = TimeSpan.FromSeconds(4);
                outbound.TotalTimeout = Timeout.InfiniteTimeSpan;
                outbound.MaxResponseBytes = maxMegabytes * 1024L * 1024L;
            })
            .RemoveAllLoggers();
#pragma warning disable EXTEXP0001 // The only way to take the default resilience handler out of one client.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }
}
