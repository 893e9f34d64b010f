using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Replication;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Strategies;

namespace MigrationTools.Databases.Steps;

/// <summary>The steps that strategies' verbs mean for a database.</summary>
public sealed class DatabaseVerbs(DatabaseCatalog catalog, DatabaseLayouts layouts, TimeProvider time) : ISystemVerbs
{
    private const string OnlyLooks = "it only looks";

    private readonly ConditionalWeakTable<StrategyContext, Dictionary<string, DatabaseLayout>> _resolved = [];

    public bool Serves(SystemSpec system) => system is DatabaseSystemSpec;

    public async Task<IReadOnlyList<StepDraft>?> StepsAsync(VerbCall call, SystemSpec system, StrategyContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var database = (DatabaseSystemSpec)system;
        return call.Verb switch
        {
            Verb.Capture => [Capture(database, context)],
            Verb.Fence => [Fence(database)],
            Verb.Expand => await ExpandAsync(database, context, cancellationToken).ConfigureAwait(false),
            Verb.Copy => await CopyAsync(database, context, cancellationToken).ConfigureAwait(false),
            Verb.Compare => [await CompareAsync(database, context, cancellationToken).ConfigureAwait(false)],
            Verb.CatchUp => database.Replication == ReplicationMode.Logical ? ReplicationSteps.CatchUp(database) : [CatchUp(database)],
            Verb.CutOver => database.Replication == ReplicationMode.Logical ? [ReplicationSteps.Unsubscribe(database), CutOver(database, context)] : [CutOver(database, context)],
            Verb.Contract => database.Contract == ContractMode.DropTables ? await DropSourceAsync(database, context, cancellationToken).ConfigureAwait(false) : [],
            Verb.Replicate or Verb.Verify => [],
            _ => null,
        };
    }

    private static StepDraft Capture(DatabaseSystemSpec system, StrategyContext context)
    {
        // Until its fence a blue side is written to by its users.
        var written = context.Strategy == StrategyKind.BlueGreen;
        var compensation = new StepAction(
            DatabaseStepNames.VerifyRestored,
            $"see that {system.Target} holds what it held before, and that {(written ? $"the structure of {system.Source}" : system.Source.Redacted)} is untouched");
        if (written)
        {
            compensation.Parameters["sourceIsWritten"] = true;
        }

        return new StepDraft
        {
            Phase = "prepare",
            System = system.Name,
            Action = new StepAction(DatabaseStepNames.Capture, $"take down what {system.Source} and {system.Target} hold now"),
            Compensation = compensation,
        };
    }

    private static StepDraft Fence(DatabaseSystemSpec system) => new()
    {
        Phase = "fence",
        System = system.Name,
        Action = new StepAction(DatabaseStepNames.Fence, system.Fence == FenceMode.ReadOnly
            ? $"make new sessions of {system.Source} read-only"
            : $"note the state of {system.Source}; nothing is locked: writes made from now on are found by comparing"),
        Compensation = system.Fence == FenceMode.ReadOnly ? new StepAction(DatabaseStepNames.LiftFence, $"let {system.Source} be written again") : null,
        Irreversible = system.Fence == FenceMode.ReadOnly ? null : OnlyLooks,
    };

    private async Task<IReadOnlyList<StepDraft>> ExpandAsync(DatabaseSystemSpec system, StrategyContext context, CancellationToken cancellationToken)
    {
        var layout = await ResolveAsync(system, context, cancellationToken).ConfigureAwait(false);
        foreach (var note in layout.Pairing.LeftOut.Concat(layout.Pairing.Notes).Concat(layout.Change?.Notes ?? []))
        {
            context.AddNote($"{system.Name}: {note}");
        }

        if (layout.Change is not { } change)
        {
            return [];
        }

        var action = new StepAction(DatabaseStepNames.CreateSchema, $"make the schema of {system.Target} ({change.Origin})");
        action.Parameters["statements"] = new JsonArray([.. change.Statements.Select(sql => JsonValue.Create(sql))]);
        return
        [
            new StepDraft
            {
                Phase = "expand",
                System = system.Name,
                Action = action,
                Compensation = new StepAction(DatabaseStepNames.DropCreated, $"drop what was made in {system.Target} (and nothing that was there before)"),
            },
        ];
    }

    private async Task<IReadOnlyList<StepDraft>> CopyAsync(DatabaseSystemSpec system, StrategyContext context, CancellationToken cancellationToken)
    {
        var layout = await ResolveAsync(system, context, cancellationToken).ConfigureAwait(false);
        if (system.Replication == ReplicationMode.Logical)
        {
            await RefuseUnfitAsync(system, layout, context, cancellationToken).ConfigureAwait(false);
            return ReplicationSteps.Copy(system, layout);
        }

        var estimate = await new CopyEstimate(catalog, time).MeasureAsync(layout, cancellationToken).ConfigureAwait(false);
        var copy = new StepAction(DatabaseStepNames.Copy, $"copy {layout.Pairs.Count} tables from {system.Source} to {system.Target}");
        PlannedPairs.Write(copy.Parameters, layout);
        return
        [
            new StepDraft
            {
                Phase = "copy",
                System = system.Name,
                Action = new StepAction(DatabaseStepNames.SuspendConstraints, $"put the keys and indexes of {layout.Pairs.Count} empty tables aside while they are filled"),
                Compensation = new StepAction(DatabaseStepNames.RestoreConstraints, "put them back"),
            },
            new StepDraft
            {
                Phase = "copy",
                System = system.Name,
                Action = copy,
                Compensation = new StepAction(DatabaseStepNames.RemoveCopied, "remove the copied rows"),
                Estimate = estimate,
            },
            new StepDraft
            {
                Phase = "copy",
                System = system.Name,
                Action = new StepAction(DatabaseStepNames.FinishLoad, "put keys and indexes back, have the server check them, and advance sequences"),
                Irreversible = "the keys are the target's own; removing the rows leaves them right",
            },
        ];
    }

    private async Task<StepDraft> CompareAsync(DatabaseSystemSpec system, StrategyContext context, CancellationToken cancellationToken)
    {
        var action = new StepAction(DatabaseStepNames.Compare, $"prove that {system.Target} holds what {system.Source} holds");
        PlannedPairs.Write(action.Parameters, await ResolveAsync(system, context, cancellationToken).ConfigureAwait(false));
        return new StepDraft
        {
            Phase = "compare",
            System = system.Name,
            Action = action,
            Irreversible = OnlyLooks,
            GateAfter = new Gate("data proof") { MinimumScore = context.Spec.Validation.MinimumScore },
        };
    }

    private static StepDraft CatchUp(DatabaseSystemSpec system) => new()
    {
        Phase = "catch up",
        System = system.Name,
        Action = new StepAction(DatabaseStepNames.CatchUp, $"bring {system.Target} to where {system.Source} stands now: what was written since the copy"),
        Irreversible = "removing the copied rows removes these too",
    };

    private static StepDraft CutOver(DatabaseSystemSpec system, StrategyContext context)
    {
        // A blue side stays whole behind green until it is cleaned up; elsewhere, and where no router holds users back, they write to the target from here on.
        var kept = context.Strategy == StrategyKind.BlueGreen && context.Traffic.Any();
        if (kept && !system.Contracts)
        {
            context.AddNote($"{system.Name}: nothing of {system.Source} is removed (contract: nothing), so the plan has no point of no return for it. What is written to {system.Target} once traffic is there would be lost by going back: that is looked for first.");
        }

        return new StepDraft
        {
            Phase = "cut over",
            System = system.Name,
            Action = new StepAction(DatabaseStepNames.CutOver, $"make {system.Target} the one that counts: remove the traces of copying, and take down what it holds"),
            Compensation = new StepAction(DatabaseStepNames.ReturnToSource, $"look for writes in {system.Target} that going back to {system.Source} would lose"),
            PointOfNoReturn = !kept,
        };
    }

    private async Task<IReadOnlyList<StepDraft>> DropSourceAsync(DatabaseSystemSpec system, StrategyContext context, CancellationToken cancellationToken)
    {
        var layout = await ResolveAsync(system, context, cancellationToken).ConfigureAwait(false);
        var tables = layout.Pairs.Select(pair => pair.Source?.Name).OfType<TableName>().Distinct().ToList();
        if (tables.Count == 0)
        {
            throw context.Impossible($"system '{system.Name}': contract: dropTables has nothing to drop, for no table of the source is moved as a table (queries are).");
        }

        if (layout.Pairs.Where(pair => pair.Source is not null && pair.Where is not null).Select(pair => pair.SourceName).ToList() is { Count: > 0 } parts)
        {
            throw context.Impossible($"system '{system.Name}': contract: dropTables would also drop rows that no condition takes ({string.Join(", ", parts)} {(parts.Count == 1 ? "is" : "are")} moved in part, by where). Remove what was moved yourself after the run.");
        }

        foreach (var other in context.Spec.Systems.OfType<DatabaseSystemSpec>().Where(other => other.Name != system.Name && other.Contract == ContractMode.DropTables && other.Source.Equals(system.Source)))
        {
            var theirs = (await ResolveAsync(other, context, cancellationToken).ConfigureAwait(false)).Pairs.Select(pair => pair.Source?.Name).OfType<TableName>();
            if (tables.Intersect(theirs).ToList() is { Count: > 0 } both)
            {
                throw context.Impossible($"systems '{system.Name}' and '{other.Name}' both drop {SourceTables.Names(both)} of {system.Source} in the end. Say contract: dropTables of one of them, and of tables that the other does not take.");
            }
        }

        var untaken = layout.Pairs.Where(pair => pair.Source is not null).SelectMany(pair => pair.DroppedColumns.Select(column => $"{pair.Source!.Name}: {column}")).ToList();
        if (untaken.Count > 0)
        {
            context.AddNote($"{system.Name}: with the tables of {system.Source} that are dropped in the end go columns that nothing takes: {string.Join("; ", untaken)}");
        }

        var action = new StepAction(DatabaseStepNames.DropSource, $"drop {SourceTables.Few(tables)} of {system.Source}, which {(tables.Count == 1 ? "was" : "were")} moved, if nobody has written there since it was compared");
        SourceTables.Write(action.Parameters, tables);
        var compensation = new StepAction(DatabaseStepNames.RequireSource, $"see that {system.Source} has its tables, for without a backup of it there is no way back");
        SourceTables.Write(compensation.Parameters, tables);
        var count = new StepAction(DatabaseStepNames.CountTarget, $"see that {system.Target} still has at least the rows that were moved from {SourceTables.Few(tables)}");
        SourceTables.Write(count.Parameters, tables);
        return
        [
            new StepDraft
            {
                Phase = StepDraft.ContractPhase,
                System = system.Name,
                Action = count,
                Irreversible = OnlyLooks,
                GateAfter = new Gate("still held"),
            },
            new StepDraft
            {
                Phase = StepDraft.ContractPhase,
                System = system.Name,
                Action = action,
                Compensation = compensation,
                PointOfNoReturn = true,
            },
        ];
    }

    private async Task RefuseUnfitAsync(DatabaseSystemSpec system, DatabaseLayout layout, StrategyContext context, CancellationToken cancellationToken)
    {
        if (context.Strategy != StrategyKind.BlueGreen)
        {
            throw context.Impossible($"system '{system.Name}': replication: logical keeps a target in step while its source is written to, which BlueGreen does and {context.Strategy} does not. Choose BlueGreen, or replication: none.");
        }

        var source = catalog.Open(system.Source);
        await using var dispose = source.ConfigureAwait(false);
        var unfit = (await ReplicationFitness.AskAsync(source, layout, cancellationToken).ConfigureAwait(false)).Where(answer => !answer.Fits).ToList();
        if (unfit.Count > 0)
        {
            throw context.Impossible(
                $"system '{system.Name}': replication: logical can't be planned:{Environment.NewLine}  - "
                + string.Join($"{Environment.NewLine}  - ", unfit.Select(answer => $"{answer.Message}. {answer.Remedy}")));
        }
    }

    /// <summary>Once a plan: its steps are about the same tables, and scripts are not rehearsed for each of them.</summary>
    private async Task<DatabaseLayout> ResolveAsync(DatabaseSystemSpec system, StrategyContext context, CancellationToken cancellationToken)
    {
        var known = _resolved.GetOrCreateValue(context);
        if (!known.TryGetValue(system.Name, out var layout))
        {
            layout = await layouts.ResolvePlannedAsync(system, cancellationToken).ConfigureAwait(false);
            known[system.Name] = layout;
        }

        if (layout.Pairing.Problems.Count > 0)
        {
            throw new PlanException(
                ErrorIds.PlanImpossible,
                $"system '{system.Name}': source and target do not fit together:{Environment.NewLine}  - "
                + string.Join($"{Environment.NewLine}  - ", layout.Pairing.Problems));
        }

        return layout;
    }
}
