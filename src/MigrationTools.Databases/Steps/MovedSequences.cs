using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Steps;

/// <summary>Sequences of the filled tables that no longer stand where they did. Those of other tables are their users' own.</summary>
internal static class MovedSequences
{
    /// <summary>Where each stood, for <see cref="ISqlDialect.SetSequence"/>.</summary>
    /// <param name="target">The database that was filled.</param>
    /// <param name="pairs">Its filled tables.</param>
    /// <param name="prior">The prior state of the copy; <c>sequences</c> in it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<SequenceState>> FindAsync(
        IDatabase target, IReadOnlyList<TablePair> pairs, JsonObject prior, CancellationToken cancellationToken)
    {
        if (prior["sequences"].Deserialize<List<SequenceState>>(MigrationJson.Line) is not { } before)
        {
            return [];
        }

        var snapshot = await target.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = snapshot.ConfigureAwait(false);
        var filled = pairs.Select(pair => pair.Target.Name).ToHashSet();
        var stood = before.ToDictionary(position => position.Sequence);
        return
        [
            .. from now in await snapshot.ReadSequencesAsync(cancellationToken).ConfigureAwait(false)
               where now.Table is not null && filled.Contains(now.Table)
               let then = stood.GetValueOrDefault(now.Sequence, now with { Last = null })
               where then != now
               select then,
        ];
    }
}
