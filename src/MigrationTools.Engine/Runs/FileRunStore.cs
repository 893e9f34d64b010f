using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Engine.Runs;

/// <summary>Runs as directories: <c>&lt;root&gt;/&lt;run id&gt;/</c> with plan.json, the spec, journal.jsonl and what the steps keep.</summary>
/// <param name="root">The directory of all runs; made when the first run begins.</param>
/// <param name="time">The clock of run ids and journals.</param>
public sealed class FileRunStore(string root, TimeProvider time) : IRunStore
{
    private const string JournalName = "journal.jsonl";
    private const string PlanName = "plan.json";
    private const string SpecName = "spec.json";

    public async Task<RunHandle> CreateAsync(MigrationSpec spec, MigrationPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        PrivateFiles.CreateDirectory(root);
        // Two runs begun in the same moment must not both find that there is no other.
        using var gate = BeginGate();
        await RefuseSecondRunAsync(spec, cancellationToken).ConfigureAwait(false);

        var runId = string.Create(CultureInfo.InvariantCulture, $"{spec.Id}-{time.GetUtcNow():yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
        var directory = Path.Combine(root, runId);
        PrivateFiles.CreateDirectory(directory);
        PrivateFiles.WriteAtomically(Path.Combine(directory, PlanName), JsonSerializer.Serialize(plan, MigrationJson.Pretty));
        PrivateFiles.WriteAtomically(Path.Combine(directory, SpecName), JsonSerializer.Serialize(
            new KeptSpec(spec.Path, spec.Directory, spec.Hash, spec.Path is null ? null : await ReadWholeAsync(spec.Path, cancellationToken).ConfigureAwait(false)),
            MigrationJson.Pretty));
        var lease = RunLease.Take(directory);
        var (journal, _) = FileJournal.Open(Path.Combine(directory, JournalName), lease, time);
        return new RunHandle(runId, directory, plan, journal);
    }

    public async Task<RunHandle> TakeAsync(string runId, CancellationToken cancellationToken)
    {
        var directory = DirectoryOf(runId);
        var plan = ReadPlan(directory);
        var lease = RunLease.Take(directory);
        try
        {
            var (journal, tornBytes) = FileJournal.Open(Path.Combine(directory, JournalName), lease, time);
            await journal.AppendAsync(JournalKinds.Owned, null, OwnerData(tornBytes), cancellationToken).ConfigureAwait(false);
            return new RunHandle(runId, directory, plan, journal);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    public Task<RunState> LookAsync(string runId, CancellationToken cancellationToken)
    {
        var directory = DirectoryOf(runId);
        var plan = ReadPlan(directory);
        // Asked before the journal is read: a run that ends in between has its end in the journal.
        var owned = RunLease.IsHeld(directory);
        return Task.FromResult(RunState.Fold(runId, directory, plan, ReadEntries(directory), owned));
    }

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(string runId, CancellationToken cancellationToken) =>
        Task.FromResult(ReadEntries(DirectoryOf(runId)));

    public Task<MigrationSpec> ReadSpecAsync(string runId, CancellationToken cancellationToken)
    {
        var kept = JsonSerializer.Deserialize<KeptSpec>(File.ReadAllText(Path.Combine(DirectoryOf(runId), SpecName)), MigrationJson.Pretty)
            ?? throw new RunNotFoundException($"{DirectoryOf(runId)}: the run's spec is empty.");
        if (kept.Text is null)
        {
            throw new RunNotFoundException($"{DirectoryOf(runId)}: the run's spec was not kept.");
        }

        var spec = new SpecReader().ReadText(kept.Text, kept.Path ?? SpecName, kept.Directory) with { Path = kept.Path };
        return spec.Hash == kept.Hash
            ? Task.FromResult(spec)
            : throw new PlanException(ErrorIds.PlanChanged, $"{DirectoryOf(runId)}/{SpecName}: the spec kept with the run was changed. Nothing was done.");
    }

    public IReadOnlyList<string> List() =>
        !Directory.Exists(root)
            ? []
            : [.. Directory.EnumerateDirectories(root)
                .Where(directory => File.Exists(Path.Combine(directory, PlanName)))
                .OrderByDescending(Directory.GetCreationTimeUtc)
                .ThenByDescending(directory => directory, StringComparer.Ordinal)
                .Select(directory => Path.GetFileName(directory)!)];

    internal static JsonObject OwnerData(long tornBytes) => new()
    {
        ["process"] = Environment.ProcessId,
        ["host"] = Environment.MachineName,
        ["tornBytes"] = tornBytes,
    };

    private FileStream BeginGate()
    {
        try
        {
            return new FileStream(Path.Combine(root, "begin.lock"), PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new RunOwnedException($"{root}: another run is just beginning. Try again.", e);
        }
    }

    private async Task RefuseSecondRunAsync(MigrationSpec spec, CancellationToken cancellationToken)
    {
        foreach (var runId in List())
        {
            var state = await LookAsync(runId, cancellationToken).ConfigureAwait(false);
            if (state.Plan.SpecId == spec.Id && !state.IsFinal)
            {
                throw new RunOwnedException(
                    $"Run '{runId}' of the spec '{spec.Id}' is not finished ({state.Status}: {state.Message}). "
                    + (state.Status == RunStatus.Running ? "Wait for it." : $"Resume it (resume {runId}) or roll it back (rollback {runId}) first."));
            }
        }
    }

    private string DirectoryOf(string runId)
    {
        // A run id is a name, never a path: '..' or a separator would reach out of the store.
        if (runId.Length == 0 || runId is "." or ".." || runId.IndexOfAny(['/', '\\', '\0']) >= 0)
        {
            throw new RunNotFoundException($"'{runId}' is not the id of a run.");
        }

        var directory = Path.Combine(root, runId);
        if (File.Exists(Path.Combine(directory, PlanName)))
        {
            return directory;
        }

        var known = List();
        throw new RunNotFoundException(
            $"No run '{runId}' under {root}. " + (known.Count == 0 ? "There are no runs there." : $"There are: {string.Join(", ", known.Take(5))}{(known.Count > 5 ? ", …" : "")}."));
    }

    private static MigrationPlan ReadPlan(string directory)
    {
        var file = Path.Combine(directory, PlanName);
        MigrationPlan? plan;
        try
        {
            plan = JsonSerializer.Deserialize<MigrationPlan>(File.ReadAllText(file), MigrationJson.Pretty);
        }
        catch (JsonException e)
        {
            throw new PlanException(ErrorIds.PlanChanged, $"{file} is not the plan that was written ({e.Message}). Nothing was done.", e);
        }

        if (plan is null || PlanChain.FirstBroken(plan) is not null)
        {
            throw new PlanException(ErrorIds.PlanChanged, $"{file}: the plan was changed after the run began (its hashes do not fit). Nothing was done.");
        }

        return plan;
    }

    private static IReadOnlyList<JournalEntry> ReadEntries(string directory)
    {
        var file = Path.Combine(directory, JournalName);
        return File.Exists(file) ? JournalFile.Read(file).Entries : [];
    }

    // Not ReadAllText: a byte order mark is part of what was hashed.
    private static async Task<string> ReadWholeAsync(string path, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));

    private sealed record KeptSpec(string? Path, string Directory, string Hash, string? Text);
}
