namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>A word, number or sign of a condition.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; empty at the end of the text.</param>
/// <param name="Position">The first character, counted from 1.</param>
internal readonly record struct ConditionToken(ConditionToken.Sort Kind, string Text, int Position)
{
    internal enum Sort
    {
        End = 0,
        Number,
        Name,
        Sign,
    }

    public string Describe() => Kind == Sort.End ? "the end" : $"'{Text}'";
}
