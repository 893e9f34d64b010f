using MigrationTools.Engine.Operations;

namespace MigrationTools.Commands;

/// <summary>What an operation of a cmdlet speaks through.</summary>
/// <param name="emit">Takes an object; waits while who takes it is busy.</param>
/// <param name="observer">Hears of everything else.</param>
internal sealed class CommandPipe(Action<object> emit, IOperationObserver observer)
{
    public IOperationObserver Observer => observer;

    /// <summary>Emits an object; waits while the pipeline is busy.</summary>
    public void Emit(object value) => emit(value);

    /// <summary>Emits everything of a stream as it comes.</summary>
    public async Task EmitAsync<T>(IAsyncEnumerable<T> values, CancellationToken cancellationToken)
        where T : notnull
    {
        await foreach (var value in values.WithCancellation(cancellationToken))
        {
            Emit(value);
        }
    }
}
