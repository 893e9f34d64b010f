namespace MigrationTools.Databases.Tests.Copying;

/// <summary>From every engine to every engine.</summary>
public static class Directions
{
    public static TheoryData<string, string> All => new()
    {
        { "sqlite", "sqlite" },
        { "sqlite", "postgresql" },
        { "postgresql", "sqlite" },
        { "postgresql", "postgresql" },
    };

    public static TheoryData<string> Engines => ["sqlite", "postgresql"];
}
