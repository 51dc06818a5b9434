using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Core.Mail.Dispatch;

public static class MailSetup
{
    /// <summary>What it takes to send. The host binds <see cref="SmtpOptions"/>.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSingleton<MailTemplates>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<MailDispatch>();
        return services;
    }

    /// <summary>Refuses a production start that promises mail without a way to send it; everything else runs without a mail
    /// server.</summary>
    public static IServiceCollection AddMailCheck(this IServiceCollection services) =>
        services.AddSingleton<IValidateOptions<SmtpOptions>, MailCheck>();

    private sealed class MailCheck(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<SmtpOptions>
    {
        public ValidateOptionsResult Validate(string? name, SmtpOptions options)
        {
            var promised = string.Equals(configuration["Mail:PasswordReset"], "true", StringComparison.OrdinalIgnoreCase);
            return promised && !options.IsConfigured && !environment.IsDevelopment()
                ? ValidateOptionsResult.Fail(
                    "Missing required environment variable SMTP_HOST: PASSWORD_RESET_ENABLED=true promises password resets by mail. Set "
                        + "SMTP_HOST (and SMTP_PORT, SMTP_USER, SMTP_PASS, EMAIL_FROM), or unset PASSWORD_RESET_ENABLED."
                )
                : ValidateOptionsResult.Success;
        }
    }
}
