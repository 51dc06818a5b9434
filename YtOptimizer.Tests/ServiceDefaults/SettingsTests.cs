using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using YtOptimizer.ServiceDefaults.Configuration;
using YtOptimizer.ServiceDefaults.Hosting;

namespace YtOptimizer.Tests.ServiceDefaults;

/// <summary>Settings by their plain names, and what is said about those that are missing or wrong.</summary>
public class SettingsTests
{
    private const string Database = "Host=127.0.0.1;Port=1;Username=u;Password=obvious-dummy";

    [Fact]
    public void PlainName_FillsItsKey_AndTheKeyItselfWins()
    {
        Assert.Equal("Error", Configuration(("LOG_LEVEL", "error"))["Logging:LogLevel:Default"]);
        Assert.Equal("Trace", Configuration(("LOG_LEVEL", "error"), ("Logging:LogLevel:Default", "Trace"))["Logging:LogLevel:Default"]);
    }

    [Fact]
    public void PlainName_SetLater_IsSeen()
    {
        var builder = Builder();
        builder.Configuration.AddInMemoryCollection([new("SMTP_HOST", "mail.example.com")]);
        Assert.Equal("mail.example.com", builder.Configuration["Smtp:Host"]);
        Assert.Equal("mail.example.com", builder.Configuration.GetSection("Smtp").Get<Dictionary<string, string>>()!["Host"]);
    }

    [Theory]
    [InlineData("postgresql://u:p@h/db", true)]
    [InlineData("https://project.supabase.co", false)]
    public void SupabaseUrl_IsADatabaseOnlyAsPostgresUrl(string url, bool used) =>
        Assert.Equal(used ? url : null, Configuration(("DATABASE_URL", ""), ("SUPABASE_URL", url)).GetConnectionString("ytoptimizer"));

    [Theory]
    [InlineData("error", LogLevel.Warning, false)]
    [InlineData("warn", LogLevel.Warning, true)]
    [InlineData("debug", LogLevel.Debug, true)]
    [InlineData("debug", LogLevel.Trace, false)]
    public void LogLevel_DecidesWhatIsLogged(string level, LogLevel record, bool logged)
    {
        using var host = Builder(("LOG_LEVEL", level)).Build();
        Assert.Equal(logged, host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("YtOptimizer.Something").IsEnabled(record));
    }

    [Fact]
    public void LogLevel_Error_SilencesTheFrameworkToo()
    {
        using var host = Builder(("LOG_LEVEL", "error")).Build();
        Assert.False(
            host.Services.GetRequiredService<ILoggerFactory>()
                .CreateLogger("Microsoft.AspNetCore.Server.Kestrel")
                .IsEnabled(LogLevel.Warning)
        );
    }

    [Fact]
    public async Task Start_SeveralWrongSettings_AreReportedTogetherWithoutValues()
    {
        var builder = Builder(
            ("LOG_LEVEL", "hunter2"),
            ("PORT", "hunter2"),
            ("Sample:Count", "hunter2"),
            ("Sample:Short", "hunter2"),
            ("DATABASE_URL", "postgres://u:hunter2@")
        );
        builder.Services.AddValidatedOptions<SampleOptions>("Sample");
        using var host = builder.Build();
        var failure = await Record.ExceptionAsync(() => host.StartAsync(TestContext.Current.CancellationToken));
        var text = StartupFailure.Explain(failure!)!;
        Assert.Contains("Missing required environment variable Sample__Key: signs things.", text, StringComparison.Ordinal);
        Assert.Contains("export Sample__Key=", text, StringComparison.Ordinal);
        Assert.Contains("dotnet user-secrets set Sample__Key", text, StringComparison.Ordinal);
        Assert.Contains("""{ "Sample": { "Key": "<value>" } }""", text, StringComparison.Ordinal);
        Assert.All(["LOG_LEVEL", "PORT", "Sample__Count", "Sample__Short", "DATABASE_URL"], name =>
            Assert.Contains("Invalid environment variable " + name + ":", text, StringComparison.Ordinal)
        );
        Assert.Contains("6 settings must be corrected", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_UnreadableSettingsOfPlainlyBoundOptions_AreAllNamedWithoutValues()
    {
        var builder = Builder(
            ("Sample:Count", "hunter2"),
            ("Sample:Wait", "hunter2"),
            ("SMTP_PORT", "hunter2"),
            ("SMTP_SECURE", "hunter2"),
            ("AI_ENABLED", "hunter2"),
            ("Jobs:Concurrency", "hunter2"),
            ("Jobs:UserRunning", "0"),
            ("PORT", "hunter2")
        );
        builder.Services.AddOptions<SampleOptions>().BindConfiguration("Sample").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<YtOptimizer.Core.Mail.SmtpOptions>().BindConfiguration("Smtp").ValidateOnStart();
        builder.Services.AddOptions<YtOptimizer.Core.Upstreams.OpenAi.OpenAiOptions>().BindConfiguration("OpenAi").ValidateOnStart();
        YtOptimizer.Core.Jobs.JobSetup.AddJobs(builder.Services);
        using var host = builder.Build();
        var text = StartupFailure.Explain(Record.Exception(() => UnreadableSettings.Validate(host.Services))!)!;
        Assert.All(["Sample__Count", "Sample__Wait", "SMTP_PORT", "SMTP_SECURE", "AI_ENABLED", "Jobs__Concurrency", "PORT"], name =>
            Assert.Contains("Invalid environment variable " + name + ":", text, StringComparison.Ordinal)
        );
        Assert.Contains("Jobs__UserRunning: must be at least 1", text, StringComparison.Ordinal);
        Assert.Contains("Missing required environment variable Sample__Key", text, StringComparison.Ordinal);
        Assert.Contains("export SMTP_PORT=", text, StringComparison.Ordinal);
        Assert.Contains("true or false", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ValidatedOptions_GoodValues_AreBound()
    {
        var builder = Builder(("Sample:Key", "k"), ("Sample:Count", "7"), ("Sample:Wait", "00:00:05"), ("Sample:Short", "0123456789"));
        builder.Services.AddValidatedOptions<SampleOptions>("Sample");
        using var host = builder.Build();
        var options = host.Services.GetRequiredService<IOptions<SampleOptions>>().Value;
        Assert.Equal(("k", 7, TimeSpan.FromSeconds(5)), (options.Key, options.Count, options.Wait));
    }

    [Fact]
    public async Task Start_FrameworksOwnAnnotations_GetTheSameWords()
    {
        var builder = Builder();
        builder.Services.AddOptions<SampleOptions>().BindConfiguration("Sample").ValidateDataAnnotations().ValidateOnStart();
        using var host = builder.Build();
        var failure = await Record.ExceptionAsync(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Missing required environment variable Sample__Key", StartupFailure.Explain(failure!)!, StringComparison.Ordinal);
    }

    [Fact]
    public void NodeEnv_NamesTheEnvironment_WhereNothingElseDoes()
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = ["--NODE_ENV=staging", "--DATABASE_URL=" + Database] }
        );
        Assert.SkipWhen(
            builder.Configuration["ASPNETCORE_ENVIRONMENT"] is not null || builder.Configuration["DOTNET_ENVIRONMENT"] is not null,
            "the environment is named already"
        );
        builder.AddServiceDefaults();
        Assert.Equal("Staging", builder.Environment.EnvironmentName);
    }

    [Fact]
    public void Port_IsWhereHttpListens()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--PORT=4321", "--DATABASE_URL=" + Database] });
        builder.AddServiceDefaults();
        Assert.Equal("http://+:4321", builder.Configuration["urls"]);
    }

    [Fact]
    public void Redis_NotConfigured_IsNotRegistered()
    {
        using var without = Builder().Build();
        Assert.Null(without.Services.GetService<IConnectionMultiplexer>());
        Assert.Contains(Builder(("REDIS_URL", "redis://127.0.0.1:1")).Services, service =>
            service.ServiceType == typeof(IConnectionMultiplexer)
        );
        Assert.Contains(Builder(("REDIS_HOST", "127.0.0.1")).Services, service => service.ServiceType == typeof(IConnectionMultiplexer));
    }

    [Fact]
    public async Task Redis_Dead_DoesNotHoldUpTheStartNorACommand()
    {
        using var host = Builder(("REDIS_URL", "redis://127.0.0.1:1")).Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var redis = host.Services.GetRequiredService<IConnectionMultiplexer>();
        await Assert.ThrowsAnyAsync<RedisException>(() => redis.GetDatabase().StringGetAsync("x"));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static ConfigurationManager Configuration(params (string Name, string Value)[] settings) => Builder(settings).Configuration;

    private static HostApplicationBuilder Builder(params (string Name, string Value)[] settings)
    {
        // The command line is a source like the environment, but belongs to one host.
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings
            {
                EnvironmentName = "Production",
                Args = ["--DATABASE_URL=" + Database, .. settings.Select(setting => $"--{setting.Name}={setting.Value}")],
            }
        );
        builder.AddServiceDefaults();
        return builder;
    }

    private sealed class SampleOptions
    {
        public const string Section = "Sample";

        [Required]
        [Description("signs things")]
        public string? Key { get; set; }

        [Range(1, 10)]
        public int Count { get; set; } = 1;

        [MinLength(10)]
        public string Short { get; set; } = "long enough";

        public TimeSpan Wait { get; set; }
    }
}
