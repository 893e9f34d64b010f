using MigrationTools.Tests.Postgres;

// One cluster a test assembly; it starts with the first test that asks it for a database.
[assembly: Xunit.AssemblyFixture(typeof(PostgresCluster))]
