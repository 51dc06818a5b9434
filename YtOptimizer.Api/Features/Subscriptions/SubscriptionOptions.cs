using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>Section <c>Subscriptions</c>.</summary>
internal sealed class SubscriptionOptions
{
    public const string Section = "Subscriptions";

    /// <summary>The tier that a trial gives.</summary>
    public const string TrialTier = "pro";

    /// <summary>TRIAL_DAYS: length of the one trial that every account may have; 0 for none.</summary>
    [Range(0, 90, ErrorMessage = "must be a number of days from 0 (no trials) to 90")]
    [Description("days of the pro tier that every account may try once")]
    public int TrialDays { get; set; } = 14;
}
