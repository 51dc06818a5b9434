using System.Globalization;

namespace YtOptimizer.Core.Notifications;

/// <summary>
/// What accounts are told, in one place: wording, severity, where the card leads, and the key under which the same fact is one card however
/// often it comes up. Jobs have their own (<c>JobNotifications</c>).
/// </summary>
public static class NotificationCatalog
{
    private const string Profile = "/dashboard/profile";
    private const string Upgrade = "showUpgradeModal";

    /// <summary>Percentages of a quota at which its owner is told.</summary>
    public static readonly IReadOnlyList<int> QuotaThresholds = [80, 90, 100];

    /// <summary>Days before the end of a subscription at which its owner is told.</summary>
    public static readonly IReadOnlyList<int> ExpiryDays = [7, 3, 1];

    /// <summary>Preferences are incomplete: at most once a day.</summary>
    public static NewNotification PreferencesIncomplete(Guid user, DateTimeOffset now) =>
        new()
        {
            UserId = user,
            Title = "Complete your content preferences",
            Message = "Tell us your language, tone and thumbnail style, and suggestions will fit your channel better.",
            Type = "tip",
            ActionUrl = Profile,
            ActionButtonText = "Set preferences",
            DedupKey = string.Create(CultureInfo.InvariantCulture, $"preferences:{now.UtcDateTime:yyyy-MM-dd}"),
            Metadata = Fact("preferences_incomplete"),
        };

    /// <summary>A share of the period's analyses is used; once for each threshold and period.</summary>
    public static NewNotification QuotaUsed(Guid user, int percent, int used, int allowed, DateTime? resetsAt) =>
        new()
        {
            UserId = user,
            Title = percent >= 100 ? "Monthly analyses used up" : $"{percent} % of your analyses used",
            Message =
                percent >= 100
                    ? $"You have used all {allowed} analyses of this period. {Next(resetsAt)}"
                    : $"You have used {used} of {allowed} analyses of this period. {Next(resetsAt)}",
            Type = "usage",
            Severity = percent >= 100 ? "error" : "warning",
            ActionUrl = Profile,
            ActionButtonText = "See your usage",
            Callback = percent >= 100 ? Upgrade : null,
            DedupKey = string.Create(CultureInfo.InvariantCulture, $"quota:{resetsAt:yyyyMMdd}:{percent}"),
            Metadata = Fact("usage_threshold"),
        };

    /// <summary>Something was not started, and why; the latest of its kind.</summary>
    public static NewNotification Refused(Guid user, string code, string message) =>
        new()
        {
            UserId = user,
            Title = code == "quota_exceeded" ? "No analyses left in this period" : "The analysis was not started",
            Message = message,
            Type = code == "quota_exceeded" ? "usage" : "processing",
            Severity = "warning",
            ActionUrl = code == "quota_exceeded" ? Profile : "/dashboard/analyze-url",
            ActionButtonText = code == "quota_exceeded" ? "See your usage" : "Try another",
            Callback = code == "quota_exceeded" ? Upgrade : null,
            DedupKey = "refused:" + code,
            Replaces = true,
            Metadata = Fact(code),
        };

    /// <summary>The subscription ends in this many days.</summary>
    public static NewNotification SubscriptionExpires(Guid user, string tier, DateTime end, int days) =>
        new()
        {
            UserId = user,
            Title = days == 1 ? "Your subscription ends tomorrow" : $"Your subscription ends in {days} days",
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"Your {tier} subscription ends on {end:d MMMM yyyy}. After that the limits of the free tier apply."
            ),
            Type = "usage",
            Severity = "warning",
            ActionUrl = Profile,
            ActionButtonText = "See your subscription",
            Callback = Upgrade,
            DedupKey = string.Create(CultureInfo.InvariantCulture, $"expires:{end:yyyyMMdd}:{days}"),
            Metadata = Fact("subscription_expiring"),
        };

    /// <summary>Another tier is in force; once for the day on which it began.</summary>
    public static NewNotification SubscriptionChanged(Guid user, string before, string after, DateTime at) =>
        new()
        {
            UserId = user,
            Title = after == "free" ? "Your subscription has ended" : $"Your plan is now {after}",
            Message =
                after == "free"
                    ? $"Your {before} subscription has ended. The limits of the free tier apply; what you made stays yours."
                    : $"Your plan changed from {before} to {after}. Its limits apply from now on.",
            Type = "usage",
            Severity = after == "free" ? "warning" : "info",
            ActionUrl = Profile,
            ActionButtonText = "See your subscription",
            Callback = after == "free" ? Upgrade : null,
            DedupKey = string.Create(CultureInfo.InvariantCulture, $"plan:{at:yyyyMMddHHmm}:{after}"),
            Metadata = Fact("subscription_changed"),
        };

    /// <summary>An invoice could not be paid; once for each invoice.</summary>
    public static NewNotification PaymentFailed(Guid user, string invoice) =>
        new()
        {
            UserId = user,
            Title = "Your payment failed",
            Message = "The last payment of your subscription did not go through. Check your payment method to keep your plan.",
            Type = "usage",
            Severity = "error",
            ActionUrl = Profile,
            ActionButtonText = "Check your payment method",
            DedupKey = "payment-failed:" + invoice,
            Metadata = Fact("payment_failed"),
        };

    public static NewNotification PasswordChanged(Guid user) =>
        new()
        {
            UserId = user,
            Title = "Your password was changed",
            Message = "Your other devices are signed out. If this was not you, reset your password now.",
            Type = "security",
            Severity = "warning",
            ActionUrl = Profile,
            ActionButtonText = "Check your account",
            Metadata = Fact("password_changed"),
        };

    /// <summary>A sign-in from a browser and network that this account has not used in the last months; once a day for each.</summary>
    public static NewNotification NewDevice(Guid user, Guid session, string? device, DateTimeOffset now) =>
        new()
        {
            UserId = user,
            Title = "New sign-in to your account",
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"Signed in on {now.UtcDateTime:d MMMM yyyy, HH:mm} UTC with {device ?? "an unknown device"}. If this was not you, "
                    + $"change your password."
            ),
            Type = "security",
            Severity = "warning",
            ActionUrl = Profile,
            ActionButtonText = "Check your account",
            DedupKey = "device:" + session.ToString("N"),
            Metadata = Fact("new_device"),
        };

    private static string Next(DateTime? resetsAt) =>
        resetsAt is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"The next period begins on {at:d MMMM yyyy}.")
            : "The limit is part of your subscription.";

    private static Dictionary<string, string> Fact(string fact) => new(StringComparer.Ordinal) { ["fact"] = fact };
}
