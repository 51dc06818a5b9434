using System.Runtime.CompilerServices;

namespace YtOptimizer.Analysis.Text;

/// <summary>
/// Tables that all analyses of a process share must not be built on the time of one of them: a static initialiser or a
/// <see cref="Lazy{T}"/> that a cancelled analysis interrupts stays broken until the process ends.
/// </summary>
internal static class StaticTables
{
    private static readonly Lazy<bool> Initialised = new(static () =>
    {
        foreach (var type in typeof(StaticTables).Assembly.GetTypes())
        {
            if (
                type is
                { ContainsGenericParameters: false, TypeInitializer: not null, Namespace: not "System.Text.RegularExpressions.Generated" }
            )
            {
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            }
        }

        return true;
    });

    /// <summary>Runs every static initialiser of the library once, before the first analysis that can be cancelled.</summary>
    public static void Initialise() => _ = Initialised.Value;

    /// <summary>A table that is read on first use, to its end, whoever asks.</summary>
    public static Lazy<T> Once<T>(Func<T> read) =>
        new(() =>
        {
            using var pause = WorkMeter.Pause();
            return read();
        });
}
