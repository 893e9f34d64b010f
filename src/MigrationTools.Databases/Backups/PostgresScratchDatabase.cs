using MigrationTools.Databases.Postgres;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Backups;

/// <summary>An empty database beside another one, on the same server and with the same encoding and locale, under a name that nothing else has.</summary>
internal sealed class PostgresScratchDatabase(DatabaseCatalog catalog, Endpoint beside, TimeProvider time)
{
    private static readonly TimeSpan DropPatience = TimeSpan.FromMinutes(2);

    public string Name { get; } = $"migrationtools_restore_{Guid.NewGuid():N}";

    public Endpoint Endpoint => WithDatabase(beside, Name);

    /// <summary>Why it can't be made; null where it can.</summary>
    public async Task<BackupStep?> RefusalAsync(CancellationToken cancellationToken)
    {
        const string sql = "SELECT rolcreatedb OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user";
        var database = catalog.Open(beside);
        await using var ofDatabase = database.ConfigureAwait(false);
        var look = await Integrity.Look.OpenAsync(database, time, cancellationToken).ConfigureAwait(false);
        await using var ofLook = look.ConfigureAwait(false);
        var (may, evidence) = await look.ScalarAsync(sql, cancellationToken).ConfigureAwait(false);
        return may == "t" ? null : new BackupStep(Verdict.Inconclusive, "this login may not create a database, so there is no scratch place to restore to")
        {
            Remedy = $"Give the login of {beside} the right (ALTER ROLE … CREATEDB); or ask for proof: verified, which reads the backup without restoring it.",
            Evidence = [evidence with { Expected = "t" }],
        };
    }

    /// <exception cref="DatabaseException">The server refuses.</exception>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await OnServerAsync(
            async session =>
            {
                var rows = await session.QueryAsync(
                    "SELECT pg_catalog.pg_encoding_to_char(encoding), datcollate, datctype FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()",
                    [],
                    cancellationToken).ConfigureAwait(false);
                var like = rows[0];
                await session.ExecuteAsync(
                    $"CREATE DATABASE {Quoted} TEMPLATE template0 ENCODING {Literal(like[0])} LC_COLLATE {Literal(like[1])} LC_CTYPE {Literal(like[2])}",
                    [],
                    cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes it away again, whatever became of the rest: also after a cancellation.</summary>
    /// <exception cref="DatabaseException">It is still there; the message names it.</exception>
    public async Task DropAsync()
    {
        using var limit = new CancellationTokenSource(DropPatience, time);
        try
        {
            await OnServerAsync(session => session.ExecuteAsync($"DROP DATABASE IF EXISTS {Quoted} WITH (FORCE)", [], limit.Token), limit.Token).ConfigureAwait(false);
        }
        catch (Exception left) when (left is DatabaseException or OperationCanceledException)
        {
            throw new DatabaseException(ErrorIds.DatabaseError, $"The scratch database {Name} on {beside} could not be dropped: drop it by hand. {left.Message}", left);
        }
    }

    private async Task OnServerAsync(Func<IDatabaseSession, Task> work, CancellationToken cancellationToken)
    {
        var database = catalog.Open(beside);
        await using var ofDatabase = database.ConfigureAwait(false);
        var session = await database.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var ofSession = session.ConfigureAwait(false);
        await work(session).ConfigureAwait(false);
    }

    // The name is made here, of letters, digits and underscores.
    private string Quoted => $"\"{Name}\"";

    private static string Literal(string? value) => PostgresLiteral.Quote(value!);

    /// <summary>The same server and login with another database: libpq's URI with its path replaced and a dbname parameter left out.</summary>
    private static Endpoint WithDatabase(Endpoint endpoint, string name)
    {
        var text = endpoint.Reveal();
        var question = text.IndexOf('?', StringComparison.Ordinal);
        var parameters = question < 0
            ? []
            : text[(question + 1)..].Split('&').Where(pair => !pair.StartsWith("dbname=", StringComparison.Ordinal)).ToList();
        var address = question < 0 ? text : text[..question];
        var slash = address.IndexOf('/', address.IndexOf("://", StringComparison.Ordinal) + 3);
        var server = slash < 0 ? address : address[..slash];
        return Endpoint.Parse($"{server}/{name}{(parameters.Count > 0 ? "?" + string.Join('&', parameters) : "")}", endpoint.BaseDirectory);
    }
}
