namespace YtOptimizer.Core.Accounts;

/// <content>What the database says of one change, and what is kept of it.</content>
public sealed partial class AccessState
{
    /// <summary>Tokens of the session from version <paramref name="From"/> on pass while the profile's version is
    /// <paramref name="To"/>.</summary>
    private sealed record CarriedSession(long ChangeId, int From, int To, DateTimeOffset At);

    private sealed record Profile(long ChangeId, int TokenVersion, string Role, bool Blocked, DateTimeOffset At)
    {
        public static Profile Of(Change change) =>
            new(change.Id, change.TokenVersion ?? 0, change.Role ?? "", change.Blocked, change.CreatedAt);
    }

    private sealed record Answer(string Horizon, Change[]? Changes);

    private sealed class Change
    {
        public long Id { get; set; }

        public Guid UserId { get; set; }

        public Guid? SessionId { get; set; }

        public int? TokenVersion { get; set; }

        public string? Role { get; set; }

        public bool Blocked { get; set; }

        public Guid? CarriedSession { get; set; }

        public int? CarriedFrom { get; set; }

        public DateTimeOffset CreatedAt { get; set; }
    }
}
