using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity.Profiles;

/// <summary>A column of one side that is looked at.</summary>
/// <param name="Name">Its name in the query below the figures (the target's, on both sides).</param>
/// <param name="Type">What it holds by meaning.</param>
/// <param name="ServerType">The type as its server writes it; null for an expression.</param>
/// <param name="WithoutPadding">Blanks at its end do not count: one of the two sides is a char(n).</param>
internal sealed record ProfiledColumn(string Name, LogicalType Type, string? ServerType, bool WithoutPadding);
