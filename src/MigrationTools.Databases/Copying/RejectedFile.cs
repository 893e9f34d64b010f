using MigrationTools.Engine;

namespace MigrationTools.Databases.Copying;

/// <summary>
/// The rejected rows of one table, a line each, private to this account. What the progress table counts is on the disk before
/// the chunk is committed; what a chunk left that was not committed is cut off when the copy is resumed.
/// </summary>
internal sealed class RejectedFile : IDisposable
{
    private FileStream? _stream;

    private RejectedFile(string path, long length)
    {
        Path = path;
        Length = length;
    }

    public string Path { get; }

    /// <summary>Bytes of whole lines.</summary>
    public long Length { get; private set; }

    /// <summary>Takes up the file of an earlier attempt at the length that was committed.</summary>
    /// <exception cref="InvalidRequestException">The file is gone, or shorter than what was committed.</exception>
    public static RejectedFile Open(string path, long committedLength, long committedRows)
    {
        var file = new FileInfo(path);
        if (committedLength > 0 && (!file.Exists || file.Length < committedLength))
        {
            throw new InvalidRequestException(
                $"The file {path} should hold {committedRows} rows that an earlier attempt rejected, but it is {(file.Exists ? "shorter" : "not there")}. Put it back (if the attempt ran on another host, from the working directory of that host), or begin anew: roll the run back and run again; a copy without a run takes another id.");
        }

        if (!file.Exists)
        {
            return new RejectedFile(path, 0);
        }

        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read))
        {
            stream.SetLength(committedLength);
        }

        return new RejectedFile(path, committedLength);
    }

    public void Append(ReadOnlySpan<byte> line)
    {
        _stream ??= OpenForAppending();
        _stream.Write(line);
        Length += line.Length;
    }

    /// <summary>Brings everything appended to the disk.</summary>
    public void Flush() => _stream?.Flush(flushToDisk: true);

    public void Dispose() => _stream?.Dispose();

    private FileStream OpenForAppending()
    {
        var directory = System.IO.Path.GetDirectoryName(Path)!;
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path, options);
    }
}
