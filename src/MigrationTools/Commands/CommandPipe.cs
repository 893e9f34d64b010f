using System.Management.Automation;
using MigrationTools.Engine.Operations;
using MigrationTools.Internal;

namespace MigrationTools.Commands;

/// <summary>What an operation of a cmdlet speaks through.</summary>
internal sealed class CommandPipe(PSCmdlet cmdlet, PipelinePump pump, IOperationObserver observer)
{
    public IOperationObserver Observer => observer;

    /// <summary>Emits an object; waits while the pipeline is busy.</summary>
    public void Emit(object value) => pump.Post(() => cmdlet.WriteObject(value));

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
