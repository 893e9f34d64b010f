using System.Globalization;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity.Profiles;

/// <summary>Asks one side for the figures of all columns of a table, in one query where the server's limit of columns allows.</summary>
internal static class ProfileReader
{
    /// <summary>PostgreSQL takes 1,664 entries of a target list, SQLite 2,000 (their documentation, "Limits").</summary>
    private const int MostFigures = 1500;

    /// <param name="look">The side.</param>
    /// <param name="values">A SELECT with the columns under their names.</param>
    /// <param name="columns">What to look at.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>In the order of <paramref name="columns"/>.</returns>
    public static async Task<IReadOnlyList<RawProfile>> ReadAsync(
        Look look, string values, IReadOnlyList<ProfiledColumn> columns, CancellationToken cancellationToken)
    {
        var sql = ProfileSql.For(look.Database.Dialect);
        var asked = columns.Select(column => sql.FiguresOf(column)).ToList();
        var profiles = new List<RawProfile>(columns.Count);
        while (profiles.Count < columns.Count)
        {
            var count = TakeUpTo(asked, profiles.Count);
            profiles.AddRange(await ReadAsync(look, values, asked.GetRange(profiles.Count, count), cancellationToken).ConfigureAwait(false));
        }

        return profiles;
    }

    /// <summary>The statement that gives the figures of one column, to be shown and pasted: a part of what was asked.</summary>
    public static string StatementFor(ISqlDialect dialect, string values, ProfiledColumn column) =>
        $"SELECT count(*), {string.Join(", ", ProfileSql.For(dialect).FiguresOf(column).Select(figure => figure.Sql))} FROM (\n{values}\n) AS q";

    private static int TakeUpTo(List<IReadOnlyList<Figure>> asked, int start)
    {
        var (count, figures) = (0, 1);
        while (start + count < asked.Count && (count == 0 || figures + asked[start + count].Count <= MostFigures))
        {
            figures += asked[start + count].Count;
            count++;
        }

        return count;
    }

    private static async Task<List<RawProfile>> ReadAsync(
        Look look, string values, List<IReadOnlyList<Figure>> asked, CancellationToken cancellationToken)
    {
        List<Figure> flat = [Figure.Number(FigureKind.Present, "count(*)"), .. asked.SelectMany(figures => figures)];
        var names = flat.Select((_, index) => "f" + index.ToString(CultureInfo.InvariantCulture)).ToList();
        var query = new RowQuery
        {
            Sql = $"SELECT {string.Join(", ", flat.Zip(names, (figure, name) => $"{figure.Sql} AS {name}"))} FROM (\n{values}\n) AS q",
            Columns = [.. flat.Zip(names, (figure, name) => new ReadColumn(name, figure.Type))],
        };
        var reader = await look.Snapshot.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        await using var ofReader = reader.ConfigureAwait(false);
        var batch = new RowBatch(flat.Count);
        if (!await reader.ReadAsync(batch, cancellationToken).ConfigureAwait(false) || batch.RowCount != 1)
        {
            throw new DatabaseException(Engine.ErrorIds.DatabaseError, $"{look.Database.Endpoint} gave no row for a query of figures, which always has one.");
        }

        var rows = batch.Int64At(0, 0);
        var next = 1;
        return asked.ConvertAll(figures =>
        {
            var profile = new RawProfile(rows);
            foreach (var figure in figures)
            {
                profile.Add(figure.Kind, batch.KindAt(0, next), batch.BytesAt(0, next));
                next++;
            }

            return profile;
        });
    }
}
