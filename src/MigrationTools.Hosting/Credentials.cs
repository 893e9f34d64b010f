using System.Net;
using MigrationTools.Engine;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Hosting;

/// <summary>
/// Credentials given for this call in the place of what the endpoints say. They belong to all servers of their side; files need none. Nothing of them is
/// kept with a run: who resumes or rolls back gives them again.
/// </summary>
/// <param name="Source">For the sources; null for none.</param>
/// <param name="Target">For the targets; null for none.</param>
public sealed record Credentials(NetworkCredential? Source, NetworkCredential? Target)
{
    /// <summary>The spec with the credentials in its databases' endpoints.</summary>
    /// <exception cref="InvalidRequestException">A side has a credential and no server.</exception>
    public MigrationSpec Apply(MigrationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Require(Source, "source", spec.Databases.Any(system => IsServer(system.Source)));
        Require(Target, "target", spec.Databases.Any(system => IsServer(system.Target)));
        return spec with
        {
            Systems = [.. spec.Systems.Select(system => system is DatabaseSystemSpec database
                ? database with { Source = ApplyToServer(Source, database.Source), Target = ApplyToServer(Target, database.Target) }
                : system)],
        };
    }

    /// <summary>The request with the credentials in its endpoints or in its spec.</summary>
    public DataRequest Apply(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request with
        {
            Spec = request.Spec is null ? null : Apply(request.Spec),
            Source = Source is null ? request.Source : request.Source?.WithCredential(Source),
            Target = Target is null ? request.Target : request.Target?.WithCredential(Target),
        };
    }

    private static void Require(NetworkCredential? credential, string side, bool hasServer)
    {
        if (credential is not null && !hasServer)
        {
            throw new InvalidRequestException($"A credential is given for the {side}, and no {side} of the spec is a server that asks for one.");
        }
    }

    private static Endpoint ApplyToServer(NetworkCredential? credential, Endpoint endpoint) =>
        credential is null || !IsServer(endpoint) ? endpoint : endpoint.WithCredential(credential);

    private static bool IsServer(Endpoint endpoint) => endpoint.Scheme != "sqlite";
}
