namespace YtOptimizer.Tests.Features.Auth;

/// <summary>One request: its body (null for none), what fills the route's parameter, and who sends it when that is not the scenario's
/// user.</summary>
public sealed record Call(object? Body = null, string? Parameter = null, HttpClient? As = null);

/// <summary>A request that must be refused with this status, and a word that the answer must contain: the code, or the field's
/// name.</summary>
public sealed record Failure(string Name, int Status, string Says, Func<Stage, Task<Call>> Make);

/// <summary>What one endpoint answers: the call that succeeds, the properties of its answer, and each way to fail that is the endpoint's
/// own.</summary>
public sealed record Scenario(
    string Method,
    string Route,
    bool HasBody,
    int Success,
    string[] Properties,
    Func<Stage, Task<Call>> Good,
    params Failure[] Failures
);
