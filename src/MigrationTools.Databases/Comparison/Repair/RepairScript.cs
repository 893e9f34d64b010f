using MigrationTools.Databases.Comparison.Files;
using MigrationTools.Databases.Comparison.Spooling;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>
/// Takes the differences of a comparison, and afterwards writes the SQL that would make the target equal to the source. The script is for a
/// person to read and to run; nothing here runs it. Of a difference only what names its row is kept, in a file where it is much;
/// values are read again from the source, whole.
/// </summary>
public sealed class RepairScript : IDifferenceSink, IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<(string Source, string Target), RepairTable> _tables = [];
    private readonly string? _spoolDirectory;
    private readonly TextRules _rules;
    private SpoolFile? _file;

    /// <param name="spoolDirectory">Where what is too much for memory is put aside; null for the system's temporary directory.</param>
    /// <param name="rules">Which texts the comparison takes for the same; null where it was told nothing of that.</param>
    public RepairScript(string? spoolDirectory = null, TextRules? rules = null) => (_spoolDirectory, _rules) = (spoolDirectory, rules ?? new TextRules());

    /// <inheritdoc/>
    public void Add(TablePair pair, RowDifference difference)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(difference);
        lock (_gate)
        {
            var name = (pair.SourceName, pair.TargetName);
            if (!_tables.TryGetValue(name, out var table))
            {
                table = new RepairTable(pair, _rules, Spool);
                _tables.Add(name, table);
            }

            try
            {
                table.Add(difference);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InvalidRequestException($"Differences can't be put aside in '{_spoolDirectory ?? Path.GetTempPath()}': {e.Message} Give a directory that can be written and has room.", e);
            }
        }
    }

    /// <summary>Writes the script, which only its owner may read; the path holds either what it held before or the whole script.</summary>
    /// <param name="path">The script; where it is a symbolic link, what that points to. Its directory is made where it is missing.</param>
    /// <param name="source">Where values are read from. Only read.</param>
    /// <param name="target">Whose dialect the script is in. Only read.</param>
    /// <param name="pairs">All that was compared, with and without differences.</param>
    /// <param name="targetSchema">The target's schema, for foreign keys, triggers and what the server numbers.</param>
    /// <param name="header">What the script says of the comparison.</param>
    /// <param name="cancellationToken">Leaves no file.</param>
    /// <exception cref="InvalidRequestException">The path can't be written, or scripts for the target's engine are not known.</exception>
    /// <exception cref="DatabaseException">A side can't be read.</exception>
    public async Task<RepairSummary> WriteAsync(
        string path,
        IDatabase source,
        IDatabase target,
        IReadOnlyList<TablePair> pairs,
        DatabaseSchema targetSchema,
        RepairHeader header,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(targetSchema);
        ArgumentNullException.ThrowIfNull(header);
        var shown = path;
        var place = new OutputFile("repair script", path);
        place.RequireReplaceable();
        path = place.Place;
        var (body, whole) = ($"{path}.{Guid.NewGuid():N}.body", $"{path}.{Guid.NewGuid():N}.new");
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } directory && !Directory.Exists(directory))
            {
                PrivateFiles.CreateDirectory(directory);
            }

            var from = await source.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
            await using var closeFrom = from.ConfigureAwait(false);
            var to = await target.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
            await using var closeTo = to.ConfigureAwait(false);
            var literals = await DialectOfAsync(target, to, targetSchema, cancellationToken).ConfigureAwait(false);
            var tables = Repairable(targetSchema, literals, out var others);
            var order = new RepairOrder(tables, targetSchema);
            await WriteBodyAsync(body, new RepairWriter(source.Dialect, target.Dialect, literals, from, to, order), cancellationToken).ConfigureAwait(false);
            var story = new RepairStory(source.Endpoint.Redacted, target.Endpoint.Redacted, header, literals, order, others, pairs, targetSchema);
            await JoinAsync(whole, story.Lines, body, cancellationToken).ConfigureAwait(false);
            File.Move(whole, path, overwrite: true);
            return story.Summary(Path.GetFullPath(shown));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException($"The repair script can't be written to '{path}': {e.Message} Give a path that can be written and has room.", e);
        }
        finally
        {
            foreach (var left in new[] { body, whole }.Where(File.Exists))
            {
                File.Delete(left);
            }
        }
    }

    public void Dispose() => _file?.Dispose();

    private SpoolFile Spool() => _file ??= new SpoolFile(_spoolDirectory);

    private List<RepairTable> Repairable(DatabaseSchema schema, IRepairDialect literals, out List<RepairTable> others)
    {
        others = [];
        var tables = new List<RepairTable>();
        foreach (var table in _tables.Values.OrderBy(table => table.Pair.TargetName, StringComparer.Ordinal))
        {
            var found = table.Pair.TargetSql is null ? schema.Tables.FirstOrDefault(known => known.Name == table.Pair.Target.Name) : null;
            var refusal = found is null ? "the target is no table"
                : tables.Exists(earlier => earlier.Table.Name == found.Name) ? "the target is compared with another source too"
                : literals.RefusalOf(found);
            if (refusal is null)
            {
                table.Table = found!;
                tables.Add(table);
            }
            else
            {
                table.LeaveOut(refusal, table.All);
                others.Add(table);
            }
        }

        return tables;
    }

    private static async Task<IRepairDialect> DialectOfAsync(IDatabase target, IDatabaseSnapshot snapshot, DatabaseSchema schema, CancellationToken cancellationToken) => target.Dialect.Name switch
    {
        "sqlite" => new SqliteRepairDialect(target.Dialect, await snapshot.ScalarAsync("PRAGMA encoding", cancellationToken).ConfigureAwait(false)),
        "postgresql" => new PostgresRepairDialect(target.Dialect, schema),
        var other => throw new InvalidRequestException($"No repair script can be written for '{target.Endpoint}': scripts for {other} are not known. Write the differences to a file instead."),
    };

    private static async Task WriteBodyAsync(string path, RepairWriter writer, CancellationToken cancellationToken)
    {
        var text = new StreamWriter(new FileStream(path, PrivateFiles.Options(FileMode.CreateNew, FileAccess.Write, FileShare.None)));
        await using (text.ConfigureAwait(false))
        {
            await writer.WriteAsync(text, cancellationToken).ConfigureAwait(false);
        }
    }

    // What the head says is known only when the body is there.
    private static async Task JoinAsync(string path, IEnumerable<string> head, string body, CancellationToken cancellationToken)
    {
        var whole = new FileStream(path, PrivateFiles.Options(FileMode.CreateNew, FileAccess.Write, FileShare.None));
        await using var closeWhole = whole.ConfigureAwait(false);
        await whole.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(head.Select(line => line + "\n"))), cancellationToken).ConfigureAwait(false);
        var rest = new FileStream(body, PrivateFiles.Options(FileMode.Open, FileAccess.Read, FileShare.Read));
        await using (rest.ConfigureAwait(false))
        {
            await rest.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
        }

        await whole.FlushAsync(cancellationToken).ConfigureAwait(false);
        whole.Flush(flushToDisk: true);
    }
}
