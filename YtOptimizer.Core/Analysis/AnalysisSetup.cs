using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Caching;
using YtOptimizer.Core.OpenAi;
using YtOptimizer.Core.Resilience;
using YtOptimizer.Core.Storage;
using YtOptimizer.Core.YouTube;

namespace YtOptimizer.Core.Analysis;

/// <summary>Registers the analysis pipeline and its upstreams, once for every host.</summary>
public static class AnalysisSetup
{
    public static IHostApplicationBuilder AddAnalysis(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).Configure(options =>
        {
            options.Directory = configuration["STORAGE_DIRECTORY"] ?? options.Directory;
        }).Annotated();
        services.AddOptions<YouTubeOptions>().BindConfiguration(YouTubeOptions.Section).Configure(options =>
        {
            options.ApiKey = configuration["YOUTUBE_API_KEY"] ?? options.ApiKey;
            options.ApiBaseUrl = configuration["YOUTUBE_API_BASE_URL"] ?? options.ApiBaseUrl;
            options.OEmbedUrl = configuration["YOUTUBE_OEMBED_URL"] ?? options.OEmbedUrl;
        }).Annotated();
        services.AddOptions<OpenAiOptions>().BindConfiguration(OpenAiOptions.Section).Configure(options => FromEnvironment(options, configuration)).Annotated();
        services.AddOptions<SpendOptions>().BindConfiguration(SpendOptions.Section).Configure(options =>
        {
            options.RunTokens = configuration.GetValue("AI_RUN_TOKEN_CAP", options.RunTokens);
            options.UserMonthTokens = configuration.GetValue("AI_USER_MONTH_TOKEN_CAP", options.UserMonthTokens);
            options.GlobalDayTokens = configuration.GetValue("AI_GLOBAL_DAY_TOKEN_CAP", options.GlobalDayTokens);
        }).Annotated();
        services.AddOptions<ComplianceOptions>().BindConfiguration(ComplianceOptions.Section).Annotated();

        AddUpstream(services, YouTubeApi.Upstream);
        AddUpstream(services, OEmbed.Upstream);
        AddUpstream(services, OpenAiClients.HttpClientName);
        services.TryAddSingleton<FileStore>();
        services.TryAddSingleton<UpstreamBreaker>();
        services.TryAddSingleton<VideoMetadataCache>();
        services.TryAddSingleton<YouTubeApi>();
        services.TryAddSingleton<YouTubeBatcher>();
        services.TryAddSingleton<OEmbed>();
        services.TryAddSingleton<VideoMetadataSource>();
        services.TryAddSingleton<TokenLedger>();
        services.TryAddSingleton<OpenAiClients>();
        services.TryAddSingleton<LlmGateway>();
        services.TryAddSingleton<Transcriber>();
        services.TryAddSingleton<SuggestionCache>();
        services.TryAddSingleton<PreferenceReader>();
        services.TryAddSingleton<SpeechSource>();
        services.TryAddSingleton<LlmSuggestions>();
        services.TryAddSingleton<SuggestionMerger>();
        services.TryAddSingleton<InputAssembler>();
        services.TryAddSingleton<Analyzer>();
        services.TryAddSingleton<SuggestionGuard>();
        services.TryAddSingleton<AnalysisPipeline>();
        return builder;
    }

    private static void FromEnvironment(OpenAiOptions options, IConfiguration configuration)
    {
        options.ApiKey = configuration["OPENAI_API_KEY"] ?? options.ApiKey;
        options.BaseUrl = configuration["OPENAI_BASE_URL"] ?? options.BaseUrl;
        options.Model = configuration["OPENAI_MODEL"] is { Length: > 0 } model ? model : options.Model;
        options.Enabled = configuration.GetValue("AI_ENABLED", options.Enabled);
        options.Required = configuration.GetValue("AI_REQUIRED", options.Required);
        options.TranscriptionModel = configuration["OPENAI_TRANSCRIPTION_MODEL"] ?? options.TranscriptionModel;
        options.TranscriptionBaseUrl = configuration["OPENAI_TRANSCRIPTION_BASE_URL"] ?? options.TranscriptionBaseUrl;
        options.ImagesBaseUrl = configuration["IMAGES_BASE_URL"] ?? options.ImagesBaseUrl;
        options.ImagesApiKey = configuration["IMAGES_API_KEY"] ?? configuration["FIREWORKS_API_KEY"] ?? options.ImagesApiKey;
        options.ImagesModel = configuration["IMAGES_MODEL"] ?? options.ImagesModel;
    }

    /// <summary>Each upstream has its own deadline and the one retry layer beside its call: the handlers' defaults stay out.</summary>
    private static void AddUpstream(IServiceCollection services, string name)
    {
        var client = services.AddHttpClient(name).RemoveAllLoggers()
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(4), PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
#pragma warning disable EXTEXP0001 // The only way to take the default resilience handler out of one client.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }

    private static OptionsBuilder<T> Annotated<T>(this OptionsBuilder<T> builder)
        where T : class
    {
        builder.Services.AddSingleton<IValidateOptions<T>>(new Annotations<T>());
        return builder.ValidateOnStart();
    }

    private sealed class Annotations<T> : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var failures = new List<ValidationResult>();
            return Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(failures.Select(failure => $"{typeof(T).Name}: {failure.ErrorMessage}"));
        }
    }
}
