namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>Rows as a statement each, or all in one where the server would check rows of a table against each other after each statement.</summary>
internal sealed class StatementList(TextWriter text, string head, string separator, bool inOneStatement)
{
    private bool _open;

    public async Task AddAsync(string part)
    {
        if (!inOneStatement)
        {
            await text.WriteAsync($"{head} {part};\n").ConfigureAwait(false);
            return;
        }

        await text.WriteAsync(_open ? $"  {separator} {Grouped(part)}\n" : $"{RepairStory.Comment("in one statement, for rows of this table refer to each other")}\n{head}\n  {Grouped(part)}\n").ConfigureAwait(false);
        _open = true;
    }

    public async Task EndAsync()
    {
        if (_open)
        {
            await text.WriteAsync(";\n").ConfigureAwait(false);
        }

        _open = false;
    }

    private string Grouped(string part) => separator == "OR" ? $"({part})" : part;
}
