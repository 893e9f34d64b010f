using System.Diagnostics;
using System.Text.Json;
using MigrationTools.Engine.Gates.Watching;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Runs;

/// <summary>Runs as directories: <c>&lt;root&gt;/&lt;run id&gt;/</c> with plan.json, the spec, journal.jsonl and what the steps keep.</summary>
/// <param name="root">The directory of all runs; made when the first run begins.</param>
/// <param name="time">The clock of run ids and journals.</param>
public sealed class FileRunStore(string root, TimeProvider time) : IRunStore, IRunBoard
{
    private const string JournalName = "journal.jsonl";
    private const string PlanName = "plan.json";
    private const string SpecName = "spec.json";
    private const string ApprovalsName = "approvals";
    private const string ShownName = "live.json";

    private static readonly TimeSpan GatePatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GatePause = TimeSpan.FromMilliseconds(20);

    public async Task<RunHandle> CreateAsync(MigrationSpec spec, MigrationPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        PrivateFiles.CreateDirectory(root);
        // Two runs begun in the same moment must not both find that there is no other.
        using var gate = await BeginGateAsync(cancellationToken).ConfigureAwait(false);
        await RefuseSecondRunAsync(spec, cancellationToken).ConfigureAwait(false);

        var runId = RunIdentity.NewId(spec, time);
        var directory = Path.Combine(root, runId);
        PrivateFiles.CreateDirectory(directory);
        PrivateFiles.WriteAtomically(Path.Combine(directory, SpecName), KeptSpec.Write(spec));

        // The last that a run needs to be one: a directory without it is none, wherever its maker was cut off.
        PrivateFiles.WriteAtomically(Path.Combine(directory, PlanName), KeptPlan.Write(plan));
        var lease = RunLease.Take(directory);
        var (journal, _) = FileJournal.Open(Path.Combine(directory, JournalName), lease, time);
        return new RunHandle(runId, directory, plan, journal);
    }

    public async Task<RunHandle> TakeAsync(string runId, Action<RunState> refuse, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(refuse);
        var directory = DirectoryOf(runId);
        var plan = ReadPlan(directory);
        var lease = RunLease.Take(directory);
        FileJournal? opened = null;
        try
        {
            var (journal, tornBytes) = FileJournal.Open(Path.Combine(directory, JournalName), lease, time);
            opened = journal;
            refuse(RunState.Fold(runId, directory, plan, journal.Entries, owned: false));
            await journal.AppendAsync(JournalKinds.Owned, null, RunIdentity.Owner(tornBytes), cancellationToken).ConfigureAwait(false);
            return new RunHandle(runId, directory, plan, journal);
        }
        catch
        {
            if (opened is not null)
            {
                await opened.DisposeAsync().ConfigureAwait(false);
            }

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
        return Task.FromResult(RunState.Fold(runId, directory, plan, ReadEntries(directory), owned).With(ReadShown(directory)));
    }

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(string runId, CancellationToken cancellationToken) =>
        Task.FromResult(ReadEntries(DirectoryOf(runId)));

    public async Task<MigrationSpec> ReadSpecAsync(string runId, CancellationToken cancellationToken)
    {
        var file = Path.Combine(DirectoryOf(runId), SpecName);
        return KeptSpec.Read(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false), file);
    }

    public Task ApproveAsync(string runId, StepApproval approval, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(DirectoryOf(runId), ApprovalsName);
        PrivateFiles.CreateDirectory(directory);
        // A file each: two people who answer at once do not overwrite each other.
        var mark = ApprovalMark.Next(time.GetUtcNow(), Directory.EnumerateFiles(directory, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)));
        PrivateFiles.WriteAtomically(Path.Combine(directory, $"{mark}.json"), JsonSerializer.Serialize(approval, MigrationJson.Line));
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<StepApproval>> ReadApprovalsAsync(string runId, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(DirectoryOf(runId), ApprovalsName);
        var approvals = new List<StepApproval>();
        foreach (var file in Directory.Exists(directory) ? Directory.GetFiles(directory, "*.json").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            approvals.Add(StepApprovals.Read(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false), file));
        }

        return approvals;
    }

    public Task ShowAsync(string runId, WatchedGate gate, CancellationToken cancellationToken)
    {
        PrivateFiles.Replace(Path.Combine(DirectoryOf(runId), ShownName), ShownGate.Write(gate));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(List());

    private IReadOnlyList<string> List() =>
        !Directory.Exists(root)
            ? []
            : [.. Directory.EnumerateDirectories(root)
                .Where(directory => File.Exists(Path.Combine(directory, PlanName)))
                .OrderByDescending(Directory.GetCreationTimeUtc)
                .ThenByDescending(directory => directory, StringComparer.Ordinal)
                .Select(directory => Path.GetFileName(directory)!)];

    // Held for as long as a run's first files are written, so that it is waited for; by the machine's clock, for it is another process that holds it.
    private async Task<FileStream> BeginGateAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(root, "begin.lock"), PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(begun) < GatePatience)
            {
                await Task.Delay(GatePause, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                throw new RunOwnedException($"{root}: another run has been beginning for {GatePatience.TotalSeconds:0} seconds. Look whether its process hangs, and try again.", e);
            }
        }
    }

    private async Task RefuseSecondRunAsync(MigrationSpec spec, CancellationToken cancellationToken)
    {
        foreach (var runId in List())
        {
            RunIdentity.RefuseSecond(spec, await LookAsync(runId, cancellationToken).ConfigureAwait(false));
        }
    }

    private string DirectoryOf(string runId)
    {
        RunIdentity.EnsureIsName(runId);
        var directory = Path.Combine(root, runId);
        return File.Exists(Path.Combine(directory, PlanName)) ? directory : throw RunIdentity.NotFound(runId, root, List());
    }

    private static MigrationPlan ReadPlan(string directory)
    {
        var file = Path.Combine(directory, PlanName);
        return KeptPlan.Read(File.ReadAllText(file), file);
    }

    private static WatchedGate? ReadShown(string directory)
    {
        try
        {
            // Shared, so that the owner can replace it while somebody reads.
            using var reader = new StreamReader(new FileStream(Path.Combine(directory, ShownName), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return ShownGate.Read(reader.ReadToEnd());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing is shown, or it can't be read: the run is told without it.
            return null;
        }
    }

    private static IReadOnlyList<JournalEntry> ReadEntries(string directory)
    {
        var file = Path.Combine(directory, JournalName);
        var head = JournalHead.Read(file);
        var (entries, _, tornBytes) = File.Exists(file) ? JournalFile.Read(file) : ([], 0, 0);
        head?.Require(file, entries, tornBytes > 0);
        return entries;
    }
}
