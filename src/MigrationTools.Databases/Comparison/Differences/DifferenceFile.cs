using System.Text;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison.Differences;

/// <summary>
/// Differences written to a file as they come, with little memory however many there are. Only its owner may read the file. Until
/// <see cref="CompleteAsync"/> it is <c>name.partial</c>: a comparison that was stopped leaves that, and never a file that looks whole.
/// </summary>
public abstract class DifferenceFile : IDifferenceSink, IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly StreamWriter _writer;
    private Exception? _failure;
    private bool _ended;

    private protected DifferenceFile(string path)
    {
        FilePath = Path.GetFullPath(path);
        try
        {
            if (Path.GetDirectoryName(FilePath) is { Length: > 0 } directory && !Directory.Exists(directory))
            {
                PrivateFiles.CreateDirectory(directory);
            }

            File.Delete(PartialPath);
            _writer = new StreamWriter(
                new FileStream(PartialPath, PrivateFiles.Options(FileMode.CreateNew, FileAccess.Write, FileShare.Read)),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw Unwritable(e);
        }
    }

    /// <summary>Where the whole file will be.</summary>
    public string FilePath { get; }

    /// <summary>Where it is until then.</summary>
    public string PartialPath => FilePath + ".partial";

    /// <inheritdoc/>
    /// <exception cref="InvalidRequestException">The disk is full or can't be written; nothing more is taken then.</exception>
    public void Add(TablePair pair, RowDifference difference)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(difference);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            Guarded(() => Write(_writer, pair, difference));
        }
    }

    /// <summary>Ends the file and gives it its name. A file of that name is replaced.</summary>
    /// <exception cref="InvalidRequestException">Something could not be written, now or before: the file is not whole and stays under its partial name.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            Guarded(() =>
            {
                WriteEnd(_writer);
                _writer.Flush();
                ((FileStream)_writer.BaseStream).Flush(flushToDisk: true);
            });
            _ended = true;
        }

        await CloseAsync().ConfigureAwait(false);
        try
        {
            File.Move(PartialPath, FilePath, overwrite: true);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw Unwritable(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _ended = true;
        try
        {
            await CloseAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // What could not be flushed of a file that was given up: it keeps its partial name.
        }

        GC.SuppressFinalize(this);
    }

    private protected abstract void Write(TextWriter writer, TablePair pair, RowDifference difference);

    private protected virtual void WriteEnd(TextWriter writer)
    {
    }

    private protected virtual void Release()
    {
    }

    private async ValueTask CloseAsync()
    {
        Release();
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    private void Guarded(Action write)
    {
        // After a failure the file has a hole, and every later write would hide that.
        if (_failure is not null)
        {
            throw Unwritable(_failure);
        }

        try
        {
            write();
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            _failure = e;
            throw Unwritable(e);
        }
    }

    private InvalidRequestException Unwritable(Exception reason) =>
        new($"The differences can't be written to '{FilePath}': {reason.Message} Give a path that can be written and has room.", reason);

    private static bool IsOfDisk(Exception e) => e is IOException or UnauthorizedAccessException;
}
