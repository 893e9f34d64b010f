using System.Security.Cryptography;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Metrics;

namespace MigrationTools.Engine.Rollouts.ParallelRun;

/// <summary>Asks a service and takes its answer down, failures included.</summary>
internal sealed class ServiceAsker(HttpClient client, TimeProvider time)
{
    // Of a longer answer the beginning is kept, and the hash of all of it: what differs behind that differs.
    private const int MostCharacters = 4 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<ServiceAnswer> AskAsync(Endpoint endpoint, string path, CancellationToken cancellationToken)
    {
        using var request = HttpRequests.Get(endpoint, path);
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await client.SendAsync(request, either.Token).ConfigureAwait(false);
            var bytes = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            var body = HttpBody.TextOf(response.Content, bytes);
            return new ServiceAnswer(
                (int)response.StatusCode,
                response.Content.Headers.ContentType?.MediaType,
                body.Length <= MostCharacters ? body : string.Concat(body.AsSpan(0, MostCharacters), $"\n(cut: {body.Length} characters, SHA-256 {Convert.ToHexString(SHA256.HashData(bytes))})"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ServiceAnswer(null, null, $"no whole answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            return new ServiceAnswer(null, null, endpoint.Redact(failed.Message));
        }
    }
}
