namespace ProcessManager.Engine;

/// <summary>The right to be the one engine of a SQLite file: held while the process lives, whatever becomes of it.</summary>
public sealed class EngineLock : IDisposable
{
    private readonly FileStream file;

    private EngineLock(FileStream file) => this.file = file;

    /// <exception cref="EngineRefusedException">Somebody else has it, or the folder can't be written.</exception>
    public static EngineLock Take(string database)
    {
        var path = database + ".lock";
        try
        {
            return new EngineLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EngineRefusedException($"{path} cannot be written: give this user the right to write in its folder.", e);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new EngineRefusedException($"The folder of {database} does not exist: create it, or name another with --data.", e);
        }
        catch (IOException e)
        {
            throw new EngineRefusedException(
                $"Another Process Manager runs on {database}: stop it first, or give this one a folder of its own with --data.", e);
        }
    }

    public void Dispose() => file.Dispose();
}
