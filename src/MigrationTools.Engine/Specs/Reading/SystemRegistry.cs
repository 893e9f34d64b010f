namespace MigrationTools.Engine.Specs.Reading;

/// <summary>The systems of the spec that is being read, those with mistakes too: a reference to one of them is no second mistake.</summary>
internal sealed class SystemRegistry
{
    private readonly Dictionary<string, RegisteredSystem> _systems = new(StringComparer.Ordinal);

    /// <summary>The system whose keys are being read; null outside of one.</summary>
    public RegisteredSystem? Current { get; private set; }

    /// <summary>Names in order of the file.</summary>
    public IEnumerable<RegisteredSystem> All => _systems.Values;

    public T Reading<T>(string name, Func<T> read)
    {
        Current = new RegisteredSystem(name);
        _systems.TryAdd(name, Current);
        try
        {
            return read();
        }
        finally
        {
            Current = null;
        }
    }

    public RegisteredSystem? Find(string name) => _systems.GetValueOrDefault(name);
}
