namespace YtOptimizer.Worker.Commands.Doctor;

internal enum CheckStatus
{
    Good,
    Advice,
    Bad,
}

/// <param name="Name">What was looked at.</param>
/// <param name="Status">Bad makes the exit code 1.</param>
/// <param name="Text">What was found, and what to do unless it is good.</param>
internal sealed record Finding(string Name, CheckStatus Status, string Text)
{
    public static Finding Good(string name, string text) => new(name, CheckStatus.Good, text);

    public static Finding Advice(string name, string text) => new(name, CheckStatus.Advice, text);

    public static Finding Bad(string name, string text) => new(name, CheckStatus.Bad, text);
}
