using System.Diagnostics;
using System.Runtime.InteropServices;

namespace YtOptimizer.Benchmarks.Rig;

/// <summary>Programs as images hold them: published for this platform, compiled ahead of time.</summary>
internal static class Publication
{
    /// <returns>The path of the program.</returns>
    /// <exception cref="InvalidOperationException">Publishing failed; the message holds the end of its output.</exception>
    public static async Task<string> MakeAsync(string project)
    {
        var folder = Path.Combine(Bench.Root, "artifacts", "published", project);
        var info = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Bench.Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            ArgumentList =
            {
                "publish",
                project,
                "-c",
                "Release",
                "-r",
                RuntimeInformation.RuntimeIdentifier,
                "--no-self-contained",
                "-o",
                folder,
                "-v",
                "q",
            },
        };
        using var publish = Process.Start(info)!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0
            ? Path.Combine(folder, project + ".dll")
            : throw new InvalidOperationException($"{project} cannot be published: {output[Math.Max(0, output.Length - 1000)..]}");
    }
}
