using System.Globalization;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres.Pages;

/// <summary>
/// Finds whether a table's rows lie on its pages in the order of its key, as they do where they were written in it, and where each stretch of the key begins then.
/// What is found here only says what is worth trying: the runs hold every row once whatever they are cut at, and who sums them up must look at each one's keys.
/// </summary>
internal sealed class PageRunFinder(PostgresSnapshot snapshot, RowQuery query, KeyStretches stretches)
{
    /// <summary>Smaller tables are summed up in no time either way.</summary>
    private const long FewestPages = 1024;

    private const int Looks = 32;

    /// <summary>Of the looks, which lie evenly over the table: with more runs of several stretches than this, reading those twice costs more than is won.</summary>
    private const int MostMixed = 4;

    private const long PagesOfLook = 64;

    private readonly PostgresDialect _dialect = new();

    /// <summary>Runs for the stretches of the key, or null where the rows do not lie so.</summary>
    public async Task<IReadOnlyList<PageRun>?> FindAsync(CancellationToken cancellationToken)
    {
        if (query is not { Table: not null, Sql: null, OrderBy: [], Limit: null, After: null, Range: null, Spans: null, Keys: null }
            || await snapshot.PagesAsync(query, cancellationToken).ConfigureAwait(false) is not { } pages
            || pages < FewestPages)
        {
            return null;
        }

        var runs = PageRun.Cut(await FindFirstRowsAsync(cancellationToken).ConfigureAwait(false));
        return await CountMixedAsync(runs, pages, cancellationToken).ConfigureAwait(false) <= MostMixed ? runs : null;
    }

    private string Key => PostgresSelect.Value(query, query.Columns[0], _dialect);

    // Of each stretch but the first, by the key's index: a place a stretch. Of its first few rows, for one may have been written again since and lie elsewhere.
    private async Task<IReadOnlyList<RowPlace>> FindFirstRowsAsync(CancellationToken cancellationToken)
    {
        var firsts = "'{" + string.Join(',', stretches.Ends.Select(end => (end + 1).ToString(CultureInfo.InvariantCulture))) + "}'::bigint[]";
        var rows = await snapshot.QueryAsync(
            query,
            only => $"""
                SELECT found.place
                FROM unnest({firsts}) WITH ORDINALITY AS "stretch of keys" (first, number),
                LATERAL (
                SELECT min(row.place) AS place
                FROM (
                SELECT ctid AS place{PostgresSelect.Body(query with { Where = null }, _dialect, only, $"{Key} >= \"stretch of keys\".first")}
                ORDER BY {Key}
                LIMIT 3
                ) AS row
                ) AS found
                WHERE found.place IS NOT NULL
                ORDER BY "stretch of keys".number
                """,
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => RowPlace.Parse(row[0]!))];
    }

    private async Task<int> CountMixedAsync(IReadOnlyList<PageRun> runs, long pages, CancellationToken cancellationToken)
    {
        var looks = new List<PageRun>();
        var run = 0;
        foreach (var page in Enumerable.Range(0, Looks).Select(look => ((2 * look) + 1) * pages / (2 * Looks)))
        {
            while (runs[run].Until.Page < page)
            {
                run++;
            }

            var since = page - runs[run].Since.Page > PagesOfLook ? new RowPlace(page, 0) : runs[run].Since;
            var until = new RowPlace(Math.Min(page + PagesOfLook, uint.MaxValue), 0);
            looks.Add(new PageRun(since, until.CompareTo(runs[run].Until) < 0 ? until : runs[run].Until));
        }

        // Without counting, the server would look for the least and the largest in the key's index, and walk all of it to come to a row of the run.
        var keys = await snapshot.QueryAsync(
            query,
            only => $"""
                SELECT seen.least, seen.largest
                FROM {PageRun.Rows(looks)},
                LATERAL (
                SELECT count(*) AS rows, min({Key}) AS least, max({Key}) AS largest{PostgresSelect.Body(query, _dialect, only, PageRun.Conditions)}
                ) AS seen
                WHERE seen.rows > 0
                """,
            cancellationToken).ConfigureAwait(false);
        return keys.Count(look => stretches.Of(Number(look[0]!)) != stretches.Of(Number(look[1]!)));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
