namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>A server could not be found, acquired or started. The message says what was tried and what to do next.</summary>
public sealed class ServerStartException(string message, Exception? inner = null) : Exception(message, inner);
