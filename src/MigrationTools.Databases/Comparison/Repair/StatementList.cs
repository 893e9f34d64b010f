namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>Rows as a statement each, or all in one where the server would check rows of a table against each other after each statement.</summary>
internal sealed class StatementList(TextWriter text, string head, string separator, bool inOneStatement)
{
    private bool _open;

    public Task AddAsync(string part) => AddAsync(() => text.Write(separator == "OR" && inOneStatement ? $"({part})" : part));

    /// <param name="writePart">Writes the row's part of the statement.</param>
    public async Task AddAsync(Action writePart)
    {
        await text.WriteAsync(!inOneStatement ? head + " "
            : _open ? $"  {separator} "
            : $"{RepairStory.Comment("in one statement, for rows of this table refer to each other")}\n{head}\n  ").ConfigureAwait(false);
        writePart();
        await text.WriteAsync(inOneStatement ? "\n" : ";\n").ConfigureAwait(false);
        _open = inOneStatement;
    }

    public async Task EndAsync()
    {
        if (_open)
        {
            await text.WriteAsync(";\n").ConfigureAwait(false);
        }

        _open = false;
    }
}
