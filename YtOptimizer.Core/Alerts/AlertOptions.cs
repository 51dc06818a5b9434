using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Core.Alerts;

/// <summary>
/// Thresholds of the runbook's alerts (section "Alerts"). A condition must hold over the whole sliding window, with at least
/// <see cref="MinimumRequests"/> in it, at two evaluations in a row; it has recovered when it was false for
/// <see cref="RecoverAfterSeconds"/>.
/// </summary>
public sealed class AlertOptions
{
    public const string Section = "Alerts";

    /// <summary>Length of the sliding window in seconds. 75 s of 6 % after long health still announce within 90 s.</summary>
    [Range(10, 3600)]
    public int WindowSeconds { get; set; } = 75;

    [Range(1, 300)]
    public int EvaluateSeconds { get; set; } = 5;

    [Range(5, 3600)]
    public int RecoverAfterSeconds { get; set; } = 120;

    [Range(1, 100000)]
    public int MinimumRequests { get; set; } = 20;

    [Range(0.1, 100)]
    public double ErrorRatePercent { get; set; } = 5;

    /// <summary>One of the bounds of the latency histogram, so that the comparison is exact.</summary>
    [Range(5, 60000)]
    public int SlowMilliseconds { get; set; } = 2000;

    [Range(1, 100000)]
    public int SystemErrors { get; set; } = 5;

    [Range(1, 100000)]
    public int DatabaseFailures { get; set; } = 3;

    [Range(1, 100000)]
    public int AiFailures { get; set; } = 5;

    [Range(1, 86400)]
    public int QueueAgeSeconds { get; set; } = 120;

    [Range(1, 1000000)]
    public int RateLimitedRequests { get; set; } = 100;

    /// <summary>Resident memory of one process in MiB.</summary>
    [Range(64, 1048576)]
    public int MemoryMegabytes { get; set; } = 1500;

    /// <summary>Messages per minute and channel; Telegram allows 20 per group.</summary>
    [Range(1, 20)]
    public int MessagesPerMinute { get; set; } = 18;

    public string? TelegramBotToken { get; set; }

    public string? TelegramChatId { get; set; }

    /// <summary>Another Bot API server than Telegram's own.</summary>
    public string? TelegramApiBaseUrl { get; set; }

    public string? Email { get; set; }

    /// <summary>Receives each alert as JSON by POST.</summary>
    public string? WebhookUrl { get; set; }

    public bool HasTelegram => !string.IsNullOrWhiteSpace(TelegramBotToken) && !string.IsNullOrWhiteSpace(TelegramChatId);
}
