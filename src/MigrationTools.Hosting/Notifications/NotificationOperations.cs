using System.Runtime.CompilerServices;
using MigrationTools.Engine;
using MigrationTools.Engine.Notifications;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Notifications;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Hosting.Notifications;

/// <summary>Sends messages by hand to those whom a spec names.</summary>
internal sealed class NotificationOperations(NotificationSender sender, IRunStore runs, TimeProvider time)
{
    public async IAsyncEnumerable<NotificationResult> SendAsync(MigrationSpec spec, NotificationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(request);
        if (string.IsNullOrWhiteSpace(request.Message))
        {
            throw new InvalidRequestException("A notification needs a message.");
        }

        var told = Receivers(spec, request);
        var run = request.RunId is { } id ? await runs.LookAsync(id, cancellationToken).ConfigureAwait(false) : null;
        if (run is not null && run.Plan.SpecId != spec.Id)
        {
            throw new InvalidRequestException($"Run '{run.RunId}' is of the spec '{run.Plan.SpecId}', not of '{spec.Id}'.");
        }

        var message = new NotificationMessage(spec.Id, request.Message, time.GetUtcNow())
        {
            SpecName = spec.Name,
            Event = request.Event,
            RunId = run?.RunId,
            Status = run?.Status,
            Verdict = run?.Verdict,
        };
        foreach (var one in told)
        {
            yield return await sender.TrySendAsync(one, message, spec.Directory, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IReadOnlyList<NotificationSpec> Receivers(MigrationSpec spec, NotificationRequest request)
    {
        if (spec.Notify.Count == 0)
        {
            throw new InvalidRequestException($"The spec '{spec.Id}' names nobody to be told: it has no key 'notify'.");
        }

        foreach (var name in request.Names.Where(name => spec.Notify.All(known => known.Name != name)))
        {
            var nearest = NearestName.Find(name, spec.Notify.Select(known => known.Name));
            throw new InvalidRequestException($"The spec '{spec.Id}' has no notification '{name}'{(nearest is null ? $"; it has {string.Join(", ", spec.Notify.Select(known => known.Name))}." : $"; did you mean '{nearest}'?")}");
        }

        IReadOnlyList<NotificationSpec> told = request.Names.Count > 0
            ? [.. spec.Notify.Where(known => request.Names.Contains(known.Name, StringComparer.Ordinal))]
            : [.. spec.Notify.Where(known => request.Event is not { } what || known.On.Count == 0 || known.On.Contains(what))];
        return told.Count > 0 ? told : throw new InvalidRequestException($"Nobody in the spec '{spec.Id}' listens to {request.Event}: name who is told.");
    }
}
