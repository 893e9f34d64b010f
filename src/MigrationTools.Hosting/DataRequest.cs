using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Hosting;

/// <summary>
/// Which two databases an operation on data is about: those of a spec's system, those of a run's, or two endpoints. Exactly one of
/// <see cref="Spec"/>, <see cref="RunId"/> and <see cref="Source"/> with <see cref="Target"/> is given.
/// </summary>
public sealed record DataRequest
{
    public MigrationSpec? Spec { get; init; }

    public string? RunId { get; init; }

    /// <summary>Name of the system; null for all database systems of the spec.</summary>
    public string? System { get; init; }

    public Endpoint? Source { get; init; }

    public Endpoint? Target { get; init; }

    /// <summary>Wildcards of source or target tables; empty for all.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Wildcards of tables that are left out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>What of the tables is meant; all where nothing is given.</summary>
    public DataSelection Selection { get; init; } = new();

    /// <summary>Tables of each result's pair worked on at once.</summary>
    public int Parallelism { get; init; } = 2;
}
