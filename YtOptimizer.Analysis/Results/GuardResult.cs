namespace YtOptimizer.Analysis.Results;

/// <summary>Why the guard refuses a proposal, or a part of it.</summary>
/// <param name="Code">Stable snake_case code, e.g. <c>unsupported_word</c>.</param>
/// <param name="Detail">What was refused, in words for people.</param>
public sealed record GuardViolation(string Code, string Detail);

/// <summary>What is left of a proposal after the checks. <see cref="Value"/> never holds anything that was refused.</summary>
public sealed record GuardResult<T>(bool Accepted, T? Value, IReadOnlyList<GuardViolation> Violations);
