namespace YtOptimizer.OfflineTool;

/// <summary>What is piped into the program.</summary>
/// <param name="Open">Opens it.</param>
/// <param name="IsPiped">False for a keyboard, at which nobody is made to type a transcript.</param>
internal sealed record StandardInput(Func<Stream> Open, bool IsPiped);
