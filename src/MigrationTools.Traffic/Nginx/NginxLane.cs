namespace MigrationTools.Traffic.Nginx;

/// <summary>What the file says of a lane.</summary>
/// <param name="Name">The lane.</param>
/// <param name="Source">The upstream of the old side.</param>
/// <param name="Target">The upstream of the new side.</param>
/// <param name="Percent">Of new requests to the target.</param>
/// <param name="Mirrored">Whether the target gets a copy of what goes to the source.</param>
internal sealed record NginxLane(string Name, string Source, string Target, decimal Percent, bool Mirrored);
