using MigrationTools.Engine;

namespace MigrationTools.Databases.Runs;

/// <summary>Where this host keeps the files of runs whose journals are elsewhere: a private directory a run.</summary>
/// <param name="root">The directory of them all; made when the first is needed.</param>
internal sealed class WorkDirectory(string root)
{
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public string PathOf(string runId) => Path.Combine(root, runId);

    /// <exception cref="InvalidRequestException">The directory can't be made, or others may write in it.</exception>
    public string Make(string runId)
    {
        try
        {
            PrivateFiles.CreateDirectory(root);
            // Under the directory for temporary files anybody may have been here before.
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(root) & OthersWrite) != 0)
            {
                throw new InvalidRequestException($"The working directory {root} can be written by others. Take that right from them (chmod go-w), or name another directory.");
            }

            PrivateFiles.CreateDirectory(PathOf(runId));
            return PathOf(runId);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException($"The working directory {PathOf(runId)} can't be made: {e.Message} Name another directory.", e);
        }
    }

    /// <summary>Takes back a directory in which nothing was kept yet.</summary>
    public void Remove(string runId)
    {
        try
        {
            Directory.Delete(PathOf(runId));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An empty directory harms nobody; what it was taken back for is the error to tell.
        }
    }
}
