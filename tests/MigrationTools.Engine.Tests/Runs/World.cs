using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Tests.Runs;

/// <summary>What the steps of a test change: a set of words. It outlives the engine that is cut off, as a database would.</summary>
internal sealed class World
{
    public HashSet<string> Words { get; } = [];

    /// <summary>Everything that was executed, in order: a step that is run blindly again shows here.</summary>
    public List<string> Executed { get; } = [];

    /// <summary>What an action's checks answer, by word.</summary>
    public Dictionary<string, Verdict> Answers { get; } = [];

    /// <summary>Words on whose adding the action breaks.</summary>
    public Dictionary<string, Exception> Breaks { get; } = [];

    /// <summary>What looking answers in place of the truth, by word.</summary>
    public Dictionary<string, Effect> Effects { get; } = [];

    /// <summary>Words on whose adding somebody presses Ctrl+C.</summary>
    public Dictionary<string, CancellationTokenSource> Cancels { get; } = [];

    /// <summary>Whether what is seen of a word is of its moment alone.</summary>
    public bool Lapses { get; set; }

    /// <summary>What else happens when a word is added.</summary>
    public Action<string> WhenAdded { get; set; } = _ => { };

    /// <summary>What a removal's checks answer, by word.</summary>
    public Dictionary<string, Verdict> Undone { get; } = [];

    /// <summary>What else happens when a word is removed: time passes, a server dies.</summary>
    public Action<string> WhenRemoved { get; set; } = _ => { };
}
