namespace MigrationTools.Engine.Runs;

/// <summary>An action was cut off and looking does not tell what it left.</summary>
public sealed class EffectUnknownException : MigrationToolsException
{
    public EffectUnknownException(string message)
        : base(ErrorIds.EffectUnknown, message)
    {
    }
}
