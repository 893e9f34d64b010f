using System.Runtime.CompilerServices;
using MigrationTools.Databases.Integrity.Profiles;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Integrity;

/// <summary>
/// Figures of every column on both sides: rows, nulls, distinct values, bounds, lengths. Exact, over all rows, in one aggregate query a
/// table and side (more only for tables of hundreds of columns), each side in one consistent snapshot.
/// </summary>
public sealed class DataQuality(TimeProvider time)
{
    /// <summary>Streams a result a column of every pair. A table that can't be looked at is an Error of its columns, and the next one is.</summary>
    /// <exception cref="DatabaseException">A side can't be reached at all.</exception>
    public async IAsyncEnumerable<ColumnQualityResult> MeasureAsync(
        TwoSidedRequest request, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var source = await Look.OpenAsync(request.Source, time, cancellationToken).ConfigureAwait(false);
        await using var ofSource = source.ConfigureAwait(false);
        var target = await Look.OpenAsync(request.Target, time, cancellationToken).ConfigureAwait(false);
        await using var ofTarget = target.ConfigureAwait(false);
        var sameTextOrder = await KeepsUtf8Async(request.Source, cancellationToken).ConfigureAwait(false)
            && await KeepsUtf8Async(request.Target, cancellationToken).ConfigureAwait(false);
        for (var index = 0; index < request.Pairs.Count; index++)
        {
            observer.Report(new Progress("measure quality", index, request.Pairs.Count, "tables"));
            foreach (var result in await MeasureAsync(request.Pairs[index], source, target, sameTextOrder, cancellationToken).ConfigureAwait(false))
            {
                yield return result with { System = request.System };
            }
        }

        observer.Report(new Progress("measure quality", request.Pairs.Count, request.Pairs.Count, "tables") { Completed = true });
    }

    private async Task<IReadOnlyList<ColumnQualityResult>> MeasureAsync(
        TablePair pair, Look source, Look target, bool sameTextOrder, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var sides = await Task.WhenAll(
            SideAsync(source, token => PairSql.SourceValuesAsync(pair, source, token), SourceColumns(pair), cancellationToken),
            SideAsync(target, token => PairSql.TargetValuesAsync(pair, target, token), TargetColumns(pair), cancellationToken)).ConfigureAwait(false);
        var duration = (long)time.GetElapsedTime(started).TotalMilliseconds;
        return [.. pair.Columns.Select((column, index) => Result(pair, column, sides[0].At(index), sides[1].At(index), sameTextOrder) with { DurationMs = duration })];
    }

    private static async Task<Side> SideAsync(
        Look look, Func<CancellationToken, Task<string>> valuesAsync, IReadOnlyList<ProfiledColumn> columns, CancellationToken cancellationToken)
    {
        try
        {
            var values = await valuesAsync(cancellationToken).ConfigureAwait(false);
            return new Side(look, values, columns, await ProfileReader.ReadAsync(look, values, columns, cancellationToken).ConfigureAwait(false), null);
        }
        catch (DatabaseException broken)
        {
            return new Side(look, "", columns, null, broken.Message);
        }
    }

    private static ColumnQualityResult Result(TablePair pair, ColumnPair column, SideColumn source, SideColumn target, bool sameTextOrder)
    {
        var result = new ColumnQualityResult
        {
            Table = pair.TargetName,
            Column = column.Target.Name,
            Source = source.Profile,
            Target = target.Profile,
            Verdict = Verdict.Error,
            Notes = [.. new[] { source.Error, target.Error }.OfType<string>()],
            Evidence = [.. new[] { source.Evidence, target.Evidence }.OfType<Evidence>()],
        };
        if (source.Seen is null || target.Seen is null)
        {
            return result;
        }

        var (verdict, notes) = ProfileComparison.Of((source.Column, source.Seen, source.Form!), (target.Column, target.Seen, target.Form!), sameTextOrder);
        return result with { Verdict = verdict, Notes = notes };
    }

    private static List<ProfiledColumn> SourceColumns(TablePair pair) =>
    [
        .. pair.Columns.Select(column => new ProfiledColumn(
            column.Target.Name,
            column.Source.Type,
            column.Source.Expression is null ? pair.Source?.FindColumn(column.Source.Name)?.ServerType : null,
            IsPadded(column))),
    ];

    private static List<ProfiledColumn> TargetColumns(TablePair pair) =>
        [.. pair.Columns.Select(column => new ProfiledColumn(column.Target.Name, column.Target.Type, column.Target.ServerType, IsPadded(column)))];

    private static bool IsPadded(ColumnPair column) => column.Source.Type.Kind == LogicalKind.Char || column.Target.Type.Kind == LogicalKind.Char;

    private static async Task<bool> KeepsUtf8Async(IDatabase database, CancellationToken cancellationToken)
    {
        var info = await database.GetServerInfoAsync(cancellationToken).ConfigureAwait(false);
        return info.Encoding?.Replace("-", "", StringComparison.Ordinal).Equals("UTF8", StringComparison.OrdinalIgnoreCase) == true;
    }

    private sealed record Side(Look Look, string Values, IReadOnlyList<ProfiledColumn> Columns, IReadOnlyList<RawProfile>? Seen, string? Error)
    {
        public SideColumn At(int index) => new(Look, Values, Columns[index], Seen?[index], Error);
    }

    private sealed record SideColumn(Look Look, string Values, ProfiledColumn Column, RawProfile? Seen, string? Error)
    {
        public ValueForm? Form => Seen is null ? null : ProfileSql.For(Look.Database.Dialect).FormOf(Column, Seen);

        public ColumnProfile? Profile => Seen is null ? null : new ColumnProfile
        {
            Rows = Seen.Rows,
            Nulls = Seen.Nulls,
            Distinct = Seen.Distinct,
            Minimum = FigureText.Shown(Seen.Value(FigureKind.Minimum)),
            Maximum = FigureText.Shown(Seen.Value(FigureKind.Maximum)),
            MinimumLength = Seen.Number(FigureKind.MinimumLength),
            MaximumLength = Seen.Number(FigureKind.MaximumLength),
            AverageLength = Seen.Present > 0 && Seen.Number(FigureKind.TotalLength) is { } total ? (double)total / Seen.Present : null,
        };

        public Evidence? Evidence => Profile is { } profile
            ? Look.Seen(
                ProfileReader.StatementFor(Look.Database.Dialect, Values, Column),
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"{profile.Rows} rows, {profile.Nulls} nulls, {profile.Distinct} distinct, {profile.Minimum ?? "none"} to {profile.Maximum ?? "none"}"))
            : null;
    }
}
