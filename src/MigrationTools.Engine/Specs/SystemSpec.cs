namespace MigrationTools.Engine.Specs;

/// <summary>One thing that migrates.</summary>
public abstract record SystemSpec
{
    /// <summary>Its key under <c>systems:</c>.</summary>
    public required string Name { get; init; }

    /// <summary>database, http, traffic or command.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether something of its old side is to be removed in the end.</summary>
    public virtual bool Contracts => false;
}
