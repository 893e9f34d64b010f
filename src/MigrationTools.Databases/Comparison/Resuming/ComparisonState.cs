using System.Collections.Concurrent;
using System.Text.Json;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison.Resuming;

/// <summary>
/// A file in which a comparison notes what it found equal: whole tables, and stretches of keys of large ones. JSON Lines, each written and flushed as it
/// is known, so that whatever kills the process loses only what was under way. What differed is never noted: it is looked at again. Thread-safe.
/// </summary>
internal sealed class ComparisonState : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly string _path;
    private readonly FileStream _file;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentDictionary<string, TableState> _tables = new();
    private readonly TimeProvider _time;

    private ComparisonState(string path, FileStream file, TimeProvider time) => (_path, _file, _time) = (path, file, time);

    /// <summary>Opens the file, which is made where it is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="subject">Which comparison it is: endpoints and options. A file of another is refused.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidRequestException">The file can't be used, or is of another comparison.</exception>
    public static async Task<ComparisonState> OpenAsync(string path, string subject, TimeProvider time, CancellationToken cancellationToken)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException($"The state file {path} can't be used: {error.Message} One comparison uses it at a time.", error);
        }

        var state = new ComparisonState(path, file, time);
        try
        {
            await state.ReadAsync(subject, cancellationToken).ConfigureAwait(false);
            return state;
        }
        catch
        {
            await state.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
    }

    /// <summary>What is known of a table.</summary>
    public TableState Of(TablePair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return _tables.GetOrAdd(NameOf(pair), name => new TableState(this, name));
    }

    internal Task WriteAsync(StateLine line, CancellationToken cancellationToken) => WriteLineAsync(line with { At = _time.GetUtcNow() }, cancellationToken);

    private static string NameOf(TablePair pair) => $"{pair.SourceName} > {pair.TargetName}";

    private async Task ReadAsync(string subject, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(_file, leaveOpen: true);
        var (first, whole) = (true, 0L);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } text)
        {
            StateLine? line;
            try
            {
                line = JsonSerializer.Deserialize<StateLine>(text, Json);
            }
            catch (JsonException)
            {
                // The last line of a process that was killed.
                break;
            }

            if (line is null || (first && line.Subject != subject))
            {
                throw new InvalidRequestException($"The state file {_path} is of another comparison: other endpoints, tables or options. Take another file, or delete it to start anew.");
            }

            first = false;
            whole += System.Text.Encoding.UTF8.GetByteCount(text) + 1;
            if (line.Table is { } name)
            {
                _tables.GetOrAdd(name, _ => new TableState(this, name)).Read(line);
            }
        }

        _file.SetLength(Math.Min(whole, _file.Length));
        _ = _file.Seek(0, SeekOrigin.End);
        if (first)
        {
            await WriteLineAsync(new StateLine { Subject = subject }, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteLineAsync(StateLine line, CancellationToken cancellationToken)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, Json), (byte)'\n'];
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _file.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException error)
        {
            throw new InvalidRequestException($"The state file {_path} can't be written: {error.Message} Make room, and start again with the same file.", error);
        }
        finally
        {
            _ = _writing.Release();
        }
    }
}
