using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using Npgsql;
using NpgsqlTypes;

namespace MigrationTools.Databases.Postgres;

/// <summary>One connection with fixed session settings, whose failures are <see cref="DatabaseException"/>s. Not thread-safe.</summary>
internal sealed class PostgresConnection : IAsyncDisposable
{
    // The catalogs' columns that are read (generated columns, partition trees) are there since then.
    private const int OldestVersion = 12;

    // What text forms and waits depend on, so that nobody's defaults change what is read. A lock is waited for a minute. Rows that a policy would hide are an error and no rows that are not there.
    private const string Settings =
        """
        SELECT set_config(name, value, false)
        FROM (VALUES ('extra_float_digits', '3'), ('datestyle', 'ISO, YMD'), ('intervalstyle', 'iso_8601'), ('timezone', 'UTC'),
                     ('bytea_output', 'hex'), ('standard_conforming_strings', 'on'), ('statement_timeout', '0'),
                     ('idle_in_transaction_session_timeout', '0'), ('lock_timeout', '60s'),
                     ('default_transaction_isolation', 'read committed'), ('row_security', 'off'),
                     ('quote_all_identifiers', 'off'), ('lc_monetary', 'C')) AS settings (name, value)
        """;

    private readonly NpgsqlConnection _connection;
    private readonly string? _host;
    private readonly int _port;
    private readonly int _processId;

    private PostgresConnection(Endpoint endpoint, NpgsqlConnection connection)
    {
        Endpoint = endpoint;
        _connection = connection;
        _host = connection.Host;
        _port = connection.Port;
        _processId = connection.ProcessID;
    }

    public Endpoint Endpoint { get; }

    /// <summary>Major version of the server.</summary>
    public int ServerMajor => _connection.PostgreSqlVersion.Major;

    /// <summary>Whether the host that answered is this machine by its name. A port of it may still lead elsewhere.</summary>
    public bool IsLocal => _host is not null && PostgresLocation.IsLocal([_host]);

    public bool IsOpen => _connection.State == System.Data.ConnectionState.Open;

    public static async Task<PostgresConnection> OpenAsync(Endpoint endpoint, NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = source.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (connection.PostgreSqlVersion.Major < OldestVersion)
            {
                throw new DatabaseException(ErrorIds.DatabaseError,
                    $"{endpoint} is PostgreSQL {connection.PostgreSqlVersion}; versions from {OldestVersion} on are served. Upgrade it, or dump it into a newer server first.");
            }

            var opened = new PostgresConnection(endpoint, connection);
            _ = await opened.ExecuteAsync(Settings, [], "Connecting", cancellationToken).ConfigureAwait(false);
            return opened;
        }
        catch (Exception error)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (!PostgresErrors.IsOne(error))
            {
                throw;
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresErrors.From(endpoint, "Connecting", error);
        }
    }

    /// <summary>Runs statements in one round trip; answers the rows they affected.</summary>
    public Task<long> ExecuteAsync(string sql, IReadOnlyList<object?> values, string doing, CancellationToken cancellationToken)
    {
        var batch = _connection.CreateBatch();
        foreach (var statement in PostgresStatements.Split(sql))
        {
            batch.BatchCommands.Add(BatchCommand(statement, values));
        }

        return batch.BatchCommands.Count == 0 ? Task.FromResult(0L) : GuardAsync(RunAsync, doing, cancellationToken);

        async Task<long> RunAsync()
        {
            await using (batch.ConfigureAwait(false))
            {
                return Math.Max(0L, await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false));
            }
        }
    }

    /// <summary>Rows with every value as the server's text.</summary>
    public Task<List<string?[]>> QueryAsync(string sql, IReadOnlyList<object?> values, string doing, CancellationToken cancellationToken) =>
        GuardAsync(
            async () =>
            {
                var command = Command(sql, values);
                await using var ofCommand = command.ConfigureAwait(false);
                command.AllResultTypesAreUnknown = true;
                var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using var ofReader = reader.ConfigureAwait(false);
                var rows = new List<string?[]>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var row = new string?[reader.FieldCount];
                    for (var column = 0; column < row.Length; column++)
                    {
                        row[column] = reader.IsDBNull(column) ? null : reader.GetString(column);
                    }

                    rows.Add(row);
                }

                return rows;
            },
            doing,
            cancellationToken);

    /// <summary>The first value as the server's text, and how many rows and columns all statements of the text give.</summary>
    public Task<QueryAnswer> AskAsync(string sql, string doing, CancellationToken cancellationToken) =>
        GuardAsync(
            async () =>
            {
                var command = Command(sql, []);
                await using var ofCommand = command.ConfigureAwait(false);
                command.AllResultTypesAreUnknown = true;
                var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using var ofReader = reader.ConfigureAwait(false);
                var answer = new QueryAnswer(null, 0, 0);
                do
                {
                    answer = answer with { Columns = Math.Max(answer.Columns, reader.FieldCount) };
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        var isFirst = answer.Rows == 0 && reader.FieldCount > 0 && !reader.IsDBNull(0);
                        answer = answer with { Value = isFirst ? reader.GetString(0) : answer.Value, Rows = answer.Rows + 1 };
                    }
                }
                while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));

                return answer;
            },
            doing,
            cancellationToken);

    /// <summary>The types of a query's columns, without running it. A domain shows as the type that it is made of.</summary>
    public Task<uint[]> DescribeAsync(string sql, string doing, CancellationToken cancellationToken) =>
        GuardAsync(
            async () =>
            {
                var command = Command(sql, []);
                await using var ofCommand = command.ConfigureAwait(false);
                var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SchemaOnly, cancellationToken).ConfigureAwait(false);
                await using var ofReader = reader.ConfigureAwait(false);
                return Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeOID).ToArray();
            },
            doing,
            cancellationToken);

    /// <summary>The columns that a SELECT would give: name, type's oid, and length, precision and scale where the type has them.</summary>
    public Task<List<(string Name, uint Type, int? Length, int? Precision, int? Scale)>> DescribeColumnsAsync(string sql, string doing, CancellationToken cancellationToken) =>
        GuardAsync(
            async () =>
            {
                var command = Command(sql, []);
                await using var ofCommand = command.ConfigureAwait(false);
                var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SchemaOnly, cancellationToken).ConfigureAwait(false);
                await using var ofReader = reader.ConfigureAwait(false);
                var columns = await reader.GetColumnSchemaAsync(cancellationToken).ConfigureAwait(false);
                return columns.Select((column, index) => (column.ColumnName, reader.GetDataTypeOID(index), column.ColumnSize, column.NumericPrecision, column.NumericScale)).ToList();
            },
            doing,
            cancellationToken);

    /// <summary>Starts a binary COPY in either direction.</summary>
    public Task<NpgsqlRawCopyStream> CopyAsync(string sql, string doing, CancellationToken cancellationToken) =>
        CancellableAsync(token => _connection.BeginRawBinaryCopyAsync(sql, token), doing, cancellationToken);

    /// <summary>Runs a part of a COPY, which the driver can't cancel on the server by itself.</summary>
    public async Task<T> CancellableAsync<T>(Func<CancellationToken, Task<T>> work, string doing, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var cancellation = new PostgresCancellation(this, cancellationToken);
        await using (cancellation.ConfigureAwait(false))
        {
            return await GuardAsync(() => work(cancellation.Token), doing, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks the server, over another connection to the same host, to cancel what this one does. A server that is gone needs no asking.</summary>
    public async Task CancelOnServerAsync(CancellationToken cancellationToken)
    {
        try
        {
            var other = await OpenToSameHostAsync(cancellationToken).ConfigureAwait(false);
            await using (other.ConfigureAwait(false))
            {
                var command = new NpgsqlCommand("SELECT pg_catalog.pg_cancel_backend($1)", other) { Parameters = { new NpgsqlParameter { Value = _processId } } };
                await using (command.ConfigureAwait(false))
                {
                    _ = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (PostgresErrors.IsOne(error) || error is OperationCanceledException)
        {
        }
    }

    // Among several hosts another one may answer next time, where a process of that number is somebody else's.
    private async Task<NpgsqlConnection> OpenToSameHostAsync(CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(_connection.ConnectionString) { Host = _host, Port = _port };
        _ = settings.Remove("Target Session Attributes");
        var connection = await _connection.CloneWithAsync(settings.ConnectionString, cancellationToken).ConfigureAwait(false);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        return connection;
    }

    public async Task<T> GuardAsync<T>(Func<Task<T>> work, string doing, CancellationToken cancellationToken)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception error) when (PostgresErrors.IsOne(error))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresErrors.From(Endpoint, doing, error);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static NpgsqlBatchCommand BatchCommand(PostgresStatement statement, IReadOnlyList<object?> values)
    {
        var command = new NpgsqlBatchCommand(statement.Sql);
        foreach (var place in statement.Parameters)
        {
            _ = command.Parameters.Add(place >= 1 && place <= values.Count
                ? Parameter(values[place - 1])
                : throw new ArgumentException($"No value for the parameter ${place}; {values.Count} are given.", nameof(values)));
        }

        if (statement.HasAtomicBody && command.Parameters.Count == 0)
        {
            // The driver splits a command without parameters at semicolons and does not know such bodies; one parameter, unused, keeps it from looking.
            _ = command.Parameters.Add(Parameter(0L));
        }

        return command;
    }

    private NpgsqlCommand Command(string sql, IReadOnlyList<object?> values)
    {
        var command = new NpgsqlCommand(sql, _connection);
        foreach (var value in values)
        {
            _ = command.Parameters.Add(Parameter(value));
        }

        return command;
    }

    // Text goes untyped, as a quoted literal does, so that the server takes it for whatever stands beside it.
    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown },
        string text => new NpgsqlParameter { Value = text, NpgsqlDbType = NpgsqlDbType.Unknown },
        long or int => new NpgsqlParameter { Value = Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture), NpgsqlDbType = NpgsqlDbType.Bigint },
        double number => new NpgsqlParameter { Value = number, NpgsqlDbType = NpgsqlDbType.Double },
        bool truth => new NpgsqlParameter { Value = truth, NpgsqlDbType = NpgsqlDbType.Boolean },
        byte[] bytes => new NpgsqlParameter { Value = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        _ => throw new ArgumentException($"A value of type {value.GetType().Name} can't be bound; use long, double, string, bool, byte[] or null.", nameof(value)),
    };
}
