using System.Globalization;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>
/// The Linux tool that starts a program as another user and has the kernel signal it when its parent ends. It replaces itself by the
/// program, so the process id is the program's.
/// </summary>
internal static class Setpriv
{
    private static readonly Lazy<Task<string?>> Found = new(FindAsync);

    /// <summary>True on Linux with util-linux; macOS has none, and BusyBox's cannot signal.</summary>
    public static async Task<bool> IsHereAsync() => await Found.Value is not null;

    /// <summary>Puts the tool in front of a command. Without it the command stays as it is.</summary>
    public static async Task<(string File, List<string> Arguments)> WrapAsync(UnixUser? user, string? deathSignal, string file,
        IReadOnlyList<string> arguments)
    {
        if (await Found.Value is not { } setpriv || (user is null && deathSignal is null))
        {
            return (file, [.. arguments]);
        }

        var command = new List<string>();
        if (deathSignal is not null)
        {
            command.AddRange(["--pdeathsig", deathSignal]);
        }

        if (user is not null)
        {
            command.AddRange(["--reuid", user.Id.ToString(CultureInfo.InvariantCulture), "--regid",
                user.GroupId.ToString(CultureInfo.InvariantCulture), "--clear-groups"]);
        }

        return (setpriv, [.. command, "--", file, .. arguments]);
    }

    private static async Task<string?> FindAsync()
    {
        if (!OperatingSystem.IsLinux() || Tool.OnPath("setpriv").FirstOrDefault() is not { } path)
        {
            return null;
        }

        var help = await Tool.RunAsync(path, ["--help"], TimeSpan.FromSeconds(10), CancellationToken.None);
        return help?.Output.Contains("--pdeathsig", StringComparison.Ordinal) == true ? path : null;
    }
}
