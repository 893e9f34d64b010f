using System.Text;
using MigrationTools.Databases.Comparison.Files;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison.Differences;

/// <summary>
/// Differences written to a file as they come, with little memory however many there are. Only its owner may read the file. Until
/// <see cref="CompleteAsync"/> it is <c>name.partial</c>: a comparison that was stopped leaves that, and never a file that looks whole. One that can't be
/// written any more is given up and leaves nothing; what is compared does not depend on it, so that only <see cref="CompleteAsync"/> tells.
/// </summary>
public abstract class DifferenceFile : IDifferenceSink, IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly OutputFile _file;
    private readonly StreamWriter _writer;
    private Exception? _failure;
    private bool _ended;

    private protected DifferenceFile(string path)
    {
        _file = new OutputFile("differences file", path);
        _file.RequireReplaceable();
        FilePath = Path.GetFullPath(path);
        try
        {
            if (Path.GetDirectoryName(_file.Place) is { Length: > 0 } directory && !Directory.Exists(directory))
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
            throw _file.Unusable(e, PartialPath);
        }
    }

    /// <summary>Where the whole file will be.</summary>
    public string FilePath { get; }

    /// <summary>Where it is until then: beside the file itself, where the path is a link to it.</summary>
    public string PartialPath => _file.Place + ".partial";

    /// <inheritdoc/>
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
    /// <exception cref="OutputFileException">Something could not be written, now or before: there is no new file.</exception>
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
            if (_failure is { } failure)
            {
                throw Unwritten(failure);
            }

            _ended = true;
        }

        await CloseAsync().ConfigureAwait(false);
        try
        {
            File.Move(PartialPath, _file.Place, overwrite: true);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            throw Unwritten(e);
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
            // What could not be flushed of a file that was stopped: it keeps its partial name.
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

    // After a failure the file has a hole, and every later write would hide that.
    private void Guarded(Action write)
    {
        if (_failure is not null)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            _failure = e;
            GiveUp();
        }
    }

    // At once, for whatever else is written to that disk needs the room.
    private void GiveUp()
    {
        Quietly(Release);
        Quietly(_writer.Dispose);
        Quietly(() => File.Delete(PartialPath));
    }

    private static void Quietly(Action end)
    {
        try
        {
            end();
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            // What could not be written before can't be now, and the first failure is the one that is told.
        }
    }

    private OutputFileException Unwritten(Exception reason) =>
        OutputFileException.Of(_file, reason, "What was compared stands. Make room or name another file, and compare again to have it.", PartialPath);

    private static bool IsOfDisk(Exception e) => e is IOException or UnauthorizedAccessException;
}
