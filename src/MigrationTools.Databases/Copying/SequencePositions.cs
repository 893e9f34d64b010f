using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>
/// Brings the target's sequences to where the source's stand, where that is beyond the largest value copied: a number that the source gave out and whose row it
/// deleted since may stand in a log, a bill or another system, and is not given out again.
/// </summary>
internal static class SequencePositions
{
    /// <summary>Moves them, never back; idempotent. Answers the sequences that were moved.</summary>
    /// <exception cref="DatabaseException">A server failed.</exception>
    public static async Task<IReadOnlyList<string>> FollowAsync(IDatabase source, IDatabase target, IReadOnlyList<TablePair> pairs, CancellationToken cancellationToken)
    {
        var sources = (await ReadAsync(source, cancellationToken).ConfigureAwait(false)).ToLookup(position => position.Table!);
        var targets = (await ReadAsync(target, cancellationToken).ConfigureAwait(false)).ToLookup(position => position.Table!);
        var moves = pairs.Where(pair => pair.Source is not null)
            .SelectMany(pair => Moves([.. sources[pair.Source!.Name]], Of(pair, targets)))
            .ToList();
        if (moves.Count == 0)
        {
            return [];
        }

        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        foreach (var sql in moves.Select(target.Dialect.SetSequence).OfType<string>())
        {
            await session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
        }

        return [.. moves.Select(move => move.Sequence.ToString())];
    }

    // Which of several sequences of a table is which, only their names can tell. One that counts down is none of whose largest number says anything.
    private static IEnumerable<SequenceState> Moves(IReadOnlyList<SequenceState> sources, IReadOnlyList<SequenceState> targets) =>
        targets.Select(own => (Own: own, Theirs: sources.Count == 1 && targets.Count == 1 ? sources[0] : sources.FirstOrDefault(position => position.Sequence.Name == own.Sequence.Name)))
            .Where(pair => pair is { Theirs: { Last: > 0, Used: true }, Own.Last: null or > 0 } && pair.Theirs.Last > (pair.Own.Last ?? 0))
            .Select(pair => pair.Theirs! with { Sequence = pair.Own.Sequence, Table = pair.Own.Table });

    // SQLite notes nothing of a table before its first row.
    private static List<SequenceState> Of(TablePair pair, ILookup<TableName, SequenceState> positions) => pair.Target.Columns.Any(column => column.Autoincrement) && !positions[pair.Target.Name].Any()
        ? [new SequenceState(pair.Target.Name, pair.Target.Name, null, false)]
        : [.. positions[pair.Target.Name]];

    private static async Task<IReadOnlyList<SequenceState>> ReadAsync(IDatabase database, CancellationToken cancellationToken)
    {
        var snapshot = await database.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = snapshot.ConfigureAwait(false);
        return [.. (await snapshot.ReadSequencesAsync(cancellationToken).ConfigureAwait(false)).Where(position => position.Table is not null)];
    }
}
