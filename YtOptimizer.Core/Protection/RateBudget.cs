namespace YtOptimizer.Core.Protection;

/// <summary>How many requests one caller may make in any span of a length.</summary>
/// <param name="Name">Such as <c>auth/login</c>; also the <c>endpoint</c> of the ledger.</param>
/// <param name="Limit">Requests.</param>
/// <param name="Window">The span, sliding: no span of this length ever holds more than the limit.</param>
/// <param name="Block">How long this budget stays closed to an address that exceeded it; zero for not longer than needed.</param>
/// <param name="Durable">Counted in Postgres and exact even without the cache: for what guards passwords.</param>
/// <param name="FailuresOnly">A request that succeeds is given back: only failures count in the end.</param>
/// <param name="Afterwards">
/// Nothing is counted before the request, and a failure after it: for what cannot be guessed, where a success must cost no writes and a
/// burst of them no refusals. Requests that fail at the same moment may exceed the limit together; the next ones are refused.
/// </param>
public sealed record RateBudget(
    string Name,
    int Limit,
    TimeSpan Window,
    TimeSpan Block = default,
    bool Durable = false,
    bool FailuresOnly = false,
    bool Afterwards = false
);

/// <summary>The answer of a counter.</summary>
/// <param name="Allowed">The request was counted and may go on.</param>
/// <param name="Used">Requests within the window, this one included when it was allowed.</param>
/// <param name="ResetAfter">Until the oldest counted request leaves the window, that is, until more is allowed than now.</param>
public readonly record struct RateDecision(bool Allowed, int Used, TimeSpan ResetAfter);
