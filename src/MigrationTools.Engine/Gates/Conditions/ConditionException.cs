namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>A text is no condition, or speaks of what no metric gives. The spec reader tells it with file, line and column.</summary>
public sealed class ConditionException : MigrationToolsException
{
    public ConditionException(string condition, int position, string problem)
        : base(ErrorIds.SpecInvalid, $"'{condition}', character {position}: {problem}") => (Condition, Position, Problem) = (condition, position, problem);

    /// <summary>The condition as written.</summary>
    public string Condition { get; }

    /// <summary>The character that it is about, counted from 1.</summary>
    public int Position { get; }

    /// <summary>What is wrong there, and what was expected.</summary>
    public string Problem { get; }
}
