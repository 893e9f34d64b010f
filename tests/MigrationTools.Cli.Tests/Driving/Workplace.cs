using MigrationTools.Cli.Terminal;
using Microsoft.Data.Sqlite;

namespace MigrationTools.Cli.Tests.Driving;

/// <summary>A directory of its own with databases and runs, and the program in it, in this process.</summary>
internal sealed class Workplace : IDisposable
{
    public Workplace() => Directory.CreateDirectory(Root);

    public string Root { get; } = Path.Combine(Path.GetTempPath(), $"mt-cli-{Guid.NewGuid():n}");

    public string Runs => Path.Combine(Root, "runs");

    public string this[string file] => Path.Combine(Root, file);

    public string Sqlite(string file) => $"sqlite:{this[file]}";

    public string Write(string file, string text)
    {
        File.WriteAllText(this[file], text);
        return this[file];
    }

    public void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = this[file], Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public object? Read(string file, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = this[file], Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Three small tables: with a key of numbers, with a key of two columns, and without a key.</summary>
    public void MakeShop(string file) => Execute(file, """
        create table customers (id integer primary key, name text not null, note text);
        insert into customers values (1, 'Ada', null), (2, 'Grace', ''), (3, 'Käthe', 'NULL'), (7, 'Edsger', 'x');
        create table prices (sku text not null, country text not null, price numeric, primary key (sku, country));
        insert into prices values ('a', 'de', 1.5), ('a', 'fr', 2), ('b', 'de', 3.25);
        create table visits (at text, page text);
        insert into visits values ('2024-01-01', '/'), ('2024-01-01', '/'), ('2024-01-02', '/cart');
        """);

    /// <summary>A spec that moves the shop from one file to another.</summary>
    public string WriteSpec(string more = "") => Write("migration.yaml", $$"""
        id: shop
        name: The shop moves
        strategy: BigBang
        systems:
          shop: { kind: database, source: '{{Sqlite("old.db")}}', target: '{{Sqlite("new.db")}}' }
        {{more}}
        """);

    public Task<Outcome> RunAsync(params string[] args) => RunAsync(new Setting(), args);

    public async Task<Outcome> RunAsync(Setting setting, params string[] args)
    {
        ArgumentNullException.ThrowIfNull(setting);
        using var output = new StringWriter();
        using var error = new WatchedWriter(setting.OnErrorText);
        using var interruption = setting.Interruption ?? new Interruption();
        var console = new CliConsole
        {
            Out = output,
            Error = error,
            In = new StringReader(setting.Input),
            OutIsTerminal = setting.Terminal,
            ErrorIsTerminal = setting.Terminal,
            InIsTerminal = setting.Terminal,
            AllowsColor = setting.Color,
            AllowsLiveLines = setting.Terminal,
        };
        var code = await CliProgram.RunAsync([.. args, .. args.Length > 0 && !args.Contains("--runs") ? new[] { "--runs", Runs } : []], console, interruption, setting.Time);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
