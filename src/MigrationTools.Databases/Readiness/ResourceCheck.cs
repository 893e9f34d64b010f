using System.Globalization;
using System.Runtime.CompilerServices;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Readiness;

/// <summary>
/// Whether there is room: what the spec asks for (disk, connections, memory of this machine), and, asked for or not, room on every
/// target for its source's size and a fifth more (indexes and free space inside pages differ between engines).
/// </summary>
public sealed class ResourceCheck : IReadinessCheck
{
    private const double Headroom = 1.2;

    private readonly DatabaseCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly Func<TimeProvider, (long? Bytes, Evidence Evidence)> _memory;

    public ResourceCheck(DatabaseCatalog catalog, TimeProvider time)
        : this(catalog, time, MachineMemory.Look)
    {
    }

    /// <param name="catalog">The engines.</param>
    /// <param name="time">The clock.</param>
    /// <param name="memory">What this machine says of its free memory.</param>
    public ResourceCheck(DatabaseCatalog catalog, TimeProvider time, Func<TimeProvider, (long? Bytes, Evidence Evidence)> memory)
    {
        _catalog = catalog;
        _time = time;
        _memory = memory;
    }

    public string Category => "resources";

    public async IAsyncEnumerable<CheckResult> RunAsync(
        MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (var (question, look) in RoomQuestions(spec))
        {
            // Nobody asked for it: where a figure can't be seen, that is reported and stops no one.
            var result = await question.AskAsync(spec, _time, look, cancellationToken).ConfigureAwait(false);
            yield return result with { Required = result.Verdict != Verdict.Inconclusive };
        }

        foreach (var (question, look) in AskedFor(spec))
        {
            yield return await question.AskAsync(spec, _time, look, cancellationToken).ConfigureAwait(false);
        }
    }

    private IEnumerable<(ReadinessQuestion Question, Func<CancellationToken, Task<ReadinessAnswer>> Look)> RoomQuestions(MigrationSpec spec) =>
        spec.Databases.Select(system =>
        {
            var target = new DatabaseSide(system, EndpointSide.Target);
            var question = Question(target, "room", $"{system.Name} (target) has room for the source", $"Make both sides of {system.Name} readable first.");
            return (question, (Func<CancellationToken, Task<ReadinessAnswer>>)(token => RoomAsync(new DatabaseSide(system, EndpointSide.Source), target, token)));
        });

    private IEnumerable<(ReadinessQuestion Question, Func<CancellationToken, Task<ReadinessAnswer>> Look)> AskedFor(MigrationSpec spec)
    {
        if (spec.Readiness.Resources is not { } wanted)
        {
            yield break;
        }

        var system = spec.Databases.FirstOrDefault(candidate => candidate.Name == wanted.System)
            ?? throw new Engine.InvalidRequestException($"readiness.resources is at '{wanted.System}', which is not a database system of the spec.");
        var side = new DatabaseSide(system, wanted.Side);
        if (wanted.FreeDisk is { } disk)
        {
            yield return (Question(side, "disk", $"{side.Id} has {Bytes(disk)} of free disk", $"Make {side.Endpoint} readable first."), token => DiskAsync(side, disk, token));
        }

        if (wanted.FreeConnections is { } connections)
        {
            yield return (Question(side, "connections", $"{side.Id} has {connections} free connections", $"Make {side.Endpoint} readable first."),
                token => ConnectionsAsync(side, connections, token));
        }

        if (wanted.FreeMemory is { } memory)
        {
            yield return (Question(side, "memory", $"this machine has {Bytes(memory)} of free memory", "Free memory on this machine."),
                _ => Task.FromResult(Memory(memory)));
        }
    }

    private async Task<ReadinessAnswer> RoomAsync(DatabaseSide source, DatabaseSide target, CancellationToken cancellationToken)
    {
        var size = (await source.AskAsync(_catalog, database => database.GetServerInfoAsync(cancellationToken)).ConfigureAwait(false)).DatabaseBytes;
        var free = await FreeDiskAsync(target, cancellationToken).ConfigureAwait(false);
        Evidence[] evidence =
        [
            Seen("size of the source", size, source),
            Seen("free disk of the target", free, target) with { Expected = size is { } known ? $">= {Invariant((long)(known * Headroom))}" : null },
        ];
        if (size is null || free is null)
        {
            return new ReadinessAnswer(Verdict.Inconclusive, $"the {(size is null ? "size of the source" : "free disk of the target")} can't be seen from here")
            {
                Remedy = CannotSeeDisk(size is null ? source : target),
                Evidence = evidence,
            };
        }

        var enough = free >= size * Headroom;
        return new ReadinessAnswer(enough ? Verdict.Passed : Verdict.Failed, $"{Bytes(free.Value)} free for a source of {Bytes(size.Value)}")
        {
            Remedy = enough ? null : $"Free {Bytes((long)(size.Value * Headroom) - free.Value)} where {target.Endpoint} keeps its files.",
            Evidence = evidence,
        };
    }

    private async Task<ReadinessAnswer> DiskAsync(DatabaseSide side, long wanted, CancellationToken cancellationToken)
    {
        var free = await FreeDiskAsync(side, cancellationToken).ConfigureAwait(false);
        Evidence[] evidence = [Seen($"free disk of the {side.Word}", free, side) with { Expected = $">= {Invariant(wanted)}" }];
        return free is { } bytes
            ? new ReadinessAnswer(bytes >= wanted ? Verdict.Passed : Verdict.Failed, $"{Bytes(bytes)} of disk are free, {Bytes(wanted)} are wanted")
            {
                Remedy = bytes >= wanted ? null : $"Free {Bytes(wanted - bytes)} where {side.Endpoint} keeps its files.",
                Evidence = evidence,
            }
            : new ReadinessAnswer(Verdict.Inconclusive, "the free disk can't be seen from here") { Remedy = CannotSeeDisk(side), Evidence = evidence };
    }

    private async Task<ReadinessAnswer> ConnectionsAsync(DatabaseSide side, int wanted, CancellationToken cancellationToken)
    {
        var info = await side.AskAsync(_catalog, database => database.GetServerInfoAsync(cancellationToken)).ConfigureAwait(false);
        var free = info.MaxConnections - info.UsedConnections;
        Evidence[] evidence = [Seen("connections allowed less those in use", free, side) with { Expected = $">= {Invariant(wanted)}" }];
        return free is { } count
            ? new ReadinessAnswer(count >= wanted ? Verdict.Passed : Verdict.Failed, $"{count} of {info.MaxConnections} connections are free, {wanted} are wanted")
            {
                Remedy = count >= wanted ? null : $"Close sessions on {side.Endpoint}, or raise max_connections.",
                Evidence = evidence,
            }
            : new ReadinessAnswer(Verdict.Inconclusive, $"{info.Product} says no number of connections")
            {
                Remedy = side.File is null
                    ? "Give the login the right to see the server's settings and sessions (pg_monitor), or skip this check with a reason."
                    : "Take freeConnections out of the spec: a SQLite file has no connections to run out of.",
                Evidence = evidence,
            };
    }

    private ReadinessAnswer Memory(long wanted)
    {
        var (free, seen) = _memory(_time);
        Evidence[] evidence = [seen with { Expected = $">= {Invariant(wanted)}" }];
        return free is { } bytes
            ? new ReadinessAnswer(bytes >= wanted ? Verdict.Passed : Verdict.Failed, $"{Bytes(bytes)} of memory are free, {Bytes(wanted)} are wanted")
            {
                Remedy = bytes >= wanted ? null : $"End programs on this machine until {Bytes(wanted - bytes)} more are free, or run the migration on another.",
                Evidence = evidence,
            }
            : new ReadinessAnswer(Verdict.Inconclusive, "this machine does not say how much memory is free")
            {
                Remedy = "Measure it with a dependency of its own (measure: command), and take freeMemory out of the spec.",
                Evidence = evidence,
            };
    }

    private async Task<long?> FreeDiskAsync(DatabaseSide side, CancellationToken cancellationToken)
    {
        if (side.File is { } file && !File.Exists(file))
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(file)! : Path.GetDirectoryName(file)!).AvailableFreeSpace;
        }

        return (await side.AskAsync(_catalog, database => database.GetServerInfoAsync(cancellationToken)).ConfigureAwait(false)).FreeDiskBytes;
    }

    private ReadinessQuestion Question(DatabaseSide side, string what, string name, string onError) =>
        new($"resources:{side.Id}/{what}", name, Category) { System = side.System.Name, RemedyOnError = onError };

    private Evidence Seen(string what, long? value, DatabaseSide side) =>
        new(what, value is { } number ? Invariant(number) : null, _time.GetUtcNow()) { Endpoint = side.Endpoint.Redacted };

    private static string CannotSeeDisk(DatabaseSide side) =>
        $"Measure it where the server of {side.Endpoint} runs, as a dependency (measure: command), and skip this check with that as the reason.";

    private static string Invariant(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 40 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 40):0.#} TiB"),
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.#} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.#} MiB"),
        >= 1L << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 10):0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
    };
}
