using System.Globalization;

namespace MigrationTools.Engine.Runs.Journals;

/// <summary>
/// One owner of a run at a time: a lock that the operating system takes back when its holder dies, and an epoch that each
/// new owner counts up, so that a process that lost the lock without noticing can write nothing more.
/// </summary>
public sealed class RunLease : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _epochFile;

    private RunLease(FileStream @lock, string epochFile, long epoch)
    {
        _lock = @lock;
        _epochFile = epochFile;
        Epoch = epoch;
    }

    public long Epoch { get; }

    /// <summary>Takes the run in a directory.</summary>
    /// <exception cref="RunOwnedException">Another process has it.</exception>
    public static RunLease Take(string directory)
    {
        var lockFile = Path.Combine(directory, "owner.lock");
        FileStream stream;
        try
        {
            stream = new FileStream(lockFile, PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new RunOwnedException($"{directory}: the run is owned by another process that is still alive. Wait for it or stop it first.", e);
        }

        var epochFile = Path.Combine(directory, "epoch");
        var epoch = ReadEpoch(epochFile) + 1;
        PrivateFiles.WriteAtomically(epochFile, epoch.ToString(CultureInfo.InvariantCulture));
        return new RunLease(stream, epochFile, epoch);
    }

    /// <summary>Whether some living process owns the run right now.</summary>
    public static bool IsHeld(string directory)
    {
        var lockFile = Path.Combine(directory, "owner.lock");
        if (!File.Exists(lockFile))
        {
            return false;
        }

        try
        {
            using var probe = new FileStream(lockFile, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <exception cref="RunOwnedException">A newer owner has taken the run.</exception>
    public void EnsureHeld()
    {
        var now = ReadEpoch(_epochFile);
        if (now != Epoch)
        {
            throw RunOwnedException.Overtaken($"The run was taken over by another process (epoch {now}, this one held {Epoch}). This process stops without writing more.");
        }
    }

    public void Dispose() => _lock.Dispose();

    private static long ReadEpoch(string file) =>
        File.Exists(file) && long.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : 0;
}
