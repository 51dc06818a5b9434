using System.Runtime.InteropServices;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>System calls that .NET does not offer. Linux and macOS only.</summary>
internal static class UnixNative
{
    public const int SigInt = 2;
    public const int SigQuit = 3;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    /// <summary>Sends a signal; false when there is no such process or it is not ours.</summary>
    public static bool Signal(int processId, int signal) => processId > 1 && Kill(processId, signal) == 0;

    /// <exception cref="IOException">The owner could not be changed.</exception>
    public static void ChangeOwner(string path, UnixUser user)
    {
        if (Chown(path, user.Id, user.GroupId) != 0)
        {
            throw new IOException($"Cannot give {path} to user {user.Name}: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);

    [DllImport("libc", EntryPoint = "chown", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);
}
