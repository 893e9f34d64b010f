namespace MigrationTools.Cli.Tests.Driving;

/// <summary>Keeps what is written, and shows it to somebody at once.</summary>
internal sealed class WatchedWriter(Action<string>? watch) : StringWriter
{
    public override void Write(char value)
    {
        base.Write(value);
        watch?.Invoke(value.ToString());
    }

    public override void Write(string? value)
    {
        base.Write(value);
        watch?.Invoke(value ?? "");
    }

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        watch?.Invoke($"{value}\n");
    }
}
