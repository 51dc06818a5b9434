namespace YtOptimizer.OfflineTool;

/// <summary>The input cannot be used. The message says which, why and what to give instead.</summary>
internal sealed class InputException(string message) : Exception(message);
