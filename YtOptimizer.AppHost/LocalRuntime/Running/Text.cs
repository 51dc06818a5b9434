namespace YtOptimizer.AppHost.LocalRuntime.Running;

internal static class Text
{
    /// <summary>Equality of identifiers such as states and command names.</summary>
    public static bool Is(this string? text, string other) => string.Equals(text, other, StringComparison.Ordinal);
}
