using System.Runtime.InteropServices;
using System.Text;

namespace ProcessManager.Engine;

/// <summary>A new name in a folder is on disk once the folder is: the base library has no call for that.</summary>
public static class DirectorySync
{
    private const int ReadOnly = 0;

    /// <summary>Returns when the names in a folder survive a power cut; does nothing where the system has no such call.</summary>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows()) { return; }
        var handle = Open(Encoding.UTF8.GetBytes(directory + '\0'), ReadOnly);
        if (handle < 0) { return; }
        _ = Sync(handle);
        _ = Close(handle);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
