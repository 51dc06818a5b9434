using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Api.Hosting.RateLimits;

/// <summary>The two figures that all budgets are parts of: section <c>RateLimits</c>.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>RATE_LIMIT_MAX: requests of one caller in 15 minutes.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "must be a whole number above 0")]
    public int Max { get; set; } = 1000;

    /// <summary>AUTH_RATE_LIMIT_MAX: failed sign-ins of one caller in 15 minutes.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "must be a whole number above 0")]
    public int AuthMax { get; set; } = 10;

    /// <summary>RATE_LIMIT_AUTH_LOGIN and its like: their names follow the budgets', so no property can carry them.</summary>
    internal sealed class OverrideCheck(IConfiguration configuration) : IValidateOptions<RateLimitOptions>
    {
        public ValidateOptionsResult Validate(string? name, RateLimitOptions options) =>
            RateBudgets.UnreadableOverrides(configuration).ToList() is { Count: > 0 } names
                ? ValidateOptionsResult.Fail(
                    names.Select(variable =>
                        $"Invalid environment variable {variable}: write requests/duration and optionally a block, such as 50/1h or "
                        + "5/15m;block=30m."
                    )
                )
                : ValidateOptionsResult.Success;
    }
}
