using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data.Pulse;
using YtOptimizer.Core.Mail;
using YtOptimizer.Core.Mail.Dispatch;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Core.RecurringJobs;
using YtOptimizer.Core.Subscriptions;
using YtOptimizer.ServiceDefaults.Configuration;
using YtOptimizer.Worker.RecurringJobs;

namespace YtOptimizer.Worker;

/// <summary>The worker's part in accounts: mail out of the outbox, expired tokens out of the tables.</summary>
internal static class AccountServices
{
    public static IHostApplicationBuilder AddAccountSchedules(this IHostApplicationBuilder builder)
    {
        builder.AddAccounts();

        // Bound but not demanded: a worker that sends no mail needs no signing key.
        builder.Services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section);
        builder.Services.AddValidatedOptions<SmtpOptions>(SmtpOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<SmtpOptions>, LinkKeyCheck>();
        builder.Services.AddMailCheck();
        builder.Services.AddMail();
        builder.Services.AddPulsePart<MailPulse>();
        builder.Services.AddRecurringJob<SendMail>();
        builder.Services.AddRecurringJob<PurgeTokens>();
        builder.Services.AddSingleton<SubscriptionReminders>();
        builder.Services.AddRecurringJob<RemindSubscribers>();
        builder.Services.AddSingleton<SubscriptionPeriods>();
        builder.Services.AddRecurringJob<EndSubscriptionPeriods>();
        return builder;
    }

    private sealed class LinkKeyCheck(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<SmtpOptions>
    {
        public ValidateOptionsResult Validate(string? name, SmtpOptions options) =>
            options.IsConfigured && !environment.IsDevelopment() && string.IsNullOrEmpty(configuration["Auth:JwtSecret"])
                ? ValidateOptionsResult.Fail(
                    "Missing required environment variable JWT_SECRET: SMTP_HOST is set, and the worker derives the links in mail from "
                        + "the API's JWT_SECRET. Give both the same value."
                )
                : ValidateOptionsResult.Success;
    }
}
