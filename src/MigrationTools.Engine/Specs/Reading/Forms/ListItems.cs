namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>Whether two items of a list may be the same.</summary>
internal enum ListItems
{
    Any = 0,

    /// <summary>No two may have the same name or text.</summary>
    Unique,
}
