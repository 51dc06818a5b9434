using YtOptimizer.Api.Features.Ai;
using YtOptimizer.Api.Features.Analysis;
using YtOptimizer.Api.Features.Auth;
using YtOptimizer.Api.Features.BulkAnalysis;
using YtOptimizer.Api.Features.Channels;
using YtOptimizer.Api.Features.Feedback;
using YtOptimizer.Api.Features.Invitations;
using YtOptimizer.Api.Features.Jobs;
using YtOptimizer.Api.Features.Logs;
using YtOptimizer.Api.Features.Metrics;
using YtOptimizer.Api.Features.Notifications;
using YtOptimizer.Api.Features.Onboarding;
using YtOptimizer.Api.Features.PasswordSecurity;
using YtOptimizer.Api.Features.Platform;
using YtOptimizer.Api.Features.Preferences;
using YtOptimizer.Api.Features.Security;
using YtOptimizer.Api.Features.SelfService;
using YtOptimizer.Api.Features.Subscriptions;
using YtOptimizer.Api.Features.Users;
using YtOptimizer.Api.Features.Workflow;
using YtOptimizer.Api.Features.YouTube;

namespace YtOptimizer.Api.Features;

/// <summary>The features of the API, listed by hand: services first, then routes.</summary>
internal static class FeatureSetup
{
    public static WebApplicationBuilder AddFeatures(this WebApplicationBuilder builder)
    {
        builder.AddAuth();
        builder.Services.AddSingleton<PasswordAssessor>();
        builder.Services.AddSingleton<AccountChange>();
        builder.AddSecurity();
        builder.Services.AddAnalysis();
        builder.Services.AddBulkAnalysis();
        builder.Services.AddSingleton<DirectAnalysis>();
        builder.Services.AddWorkflow();
        builder.Services.AddJobHealth();
        builder.Services.AddLogsFeature();
        builder.Services.AddMetricsFeature();
        builder.Services.AddSubscriptions();
        return builder;
    }

    public static WebApplication MapFeatures(this WebApplication app)
    {
        app.MapPlatform();
        app.MapSecurity();
        app.MapAuth();
        app.MapInvitations();
        app.MapPasswordSecurity();
        app.MapUsers();
        app.MapAnalysis();
        app.MapBulkAnalysis();
        app.MapAi();
        app.MapWorkflow();
        app.MapYouTube();
        app.MapJobs();
        app.MapNotifications();
        app.MapPreferences();
        app.MapOnboarding();
        app.MapFeedback();
        app.MapSubscriptions();
        app.MapChannel();
        app.MapLogs();
        app.MapMetrics();
        app.MapSelfService();
        return app;
    }
}
