using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Engine.Tests.Specs;

/// <summary>Specs that several tests begin with, and the two ways to read one.</summary>
internal static class SpecSamples
{
    /// <summary>The design's own example (its section 7), word for word.</summary>
    public const string Design = """
        id: shop-v2-to-v3
        name: Shop 2.0.5 to 3.0.0
        type: ApplicationVersion   # DatabaseSchema ApplicationVersion PlatformMigration DataMigration Infrastructure ApiVersion MicroserviceDecomposition FrameworkUpgrade SmartContract
        strategy: BlueGreen        # BigBang BlueGreen Canary Rolling StranglerFig ParallelRun Phased
        sourceVersion: 2.0.5
        targetVersion: 3.0.0
        systems:
          shop_database:
            kind: database
            source: sqlite:shop-v2.db
            target: postgresql://migrator@db/shop?sslmode=verify-full
            scripts: ./scripts
            tables: { include: ['*'], exclude: [audit_*] }
            map:
              - { table: users, to: customers, columns: { name: full_name } }
          shop_api:  { kind: http, source: 'http://blue:8080', target: 'http://green:8080', health: /healthz }
          front:     { kind: traffic, router: haproxy, endpoint: 'unix:/run/haproxy.sock', backend: shop, source: blue, target: green }
        dependencies:
          - { name: target server, measure: { sql: shop_database.target, query: 'show server_version_num' }, expect: '>= 150000' }
        readiness:
          backup:    { of: shop_database.source, file: backups/shop.db, maxAge: 24h, proof: restored }
          resources: { at: shop_database.target, freeDisk: 20GiB }
        validation:
          counts: all
          checksums: all
          referential: all
          rules:
            - { name: order totals add up, on: shop_database, sql: 'select count(*) from orders o where …', expect: 0 }
        benchmarks:
          api_response_time: { measure: { http: shop_api, path: /orders, statistic: p95 }, baseline: 200ms, acceptable: 250ms, critical: 500ms }
        rollback:
          mode: automatic          # automatic | manual
          style: gradual           # immediate | gradual
          triggers: [ 'error_rate > 5%', 'response_time > 500ms', 'availability < 99.9%' ]
          maxDuration: 15m

        """;

    /// <summary>The same in JSON.</summary>
    public const string DesignInJson = """
        {
          "id": "shop-v2-to-v3",
          "name": "Shop 2.0.5 to 3.0.0",
          "type": "ApplicationVersion",
          "strategy": "BlueGreen",
          "sourceVersion": "2.0.5",
          "targetVersion": "3.0.0",
          "systems": {
            "shop_database": {
              "kind": "database",
              "source": "sqlite:shop-v2.db",
              "target": "postgresql://migrator@db/shop?sslmode=verify-full",
              "scripts": "./scripts",
              "tables": {
                "include": [
                  "*"
                ],
                "exclude": [
                  "audit_*"
                ]
              },
              "map": [
                {
                  "table": "users",
                  "to": "customers",
                  "columns": {
                    "name": "full_name"
                  }
                }
              ]
            },
            "shop_api": {
              "kind": "http",
              "source": "http://blue:8080",
              "target": "http://green:8080",
              "health": "/healthz"
            },
            "front": {
              "kind": "traffic",
              "router": "haproxy",
              "endpoint": "unix:/run/haproxy.sock",
              "backend": "shop",
              "source": "blue",
              "target": "green"
            }
          },
          "dependencies": [
            {
              "name": "target server",
              "measure": {
                "sql": "shop_database.target",
                "query": "show server_version_num"
              },
              "expect": ">= 150000"
            }
          ],
          "readiness": {
            "backup": {
              "of": "shop_database.source",
              "file": "backups/shop.db",
              "maxAge": "24h",
              "proof": "restored"
            },
            "resources": {
              "at": "shop_database.target",
              "freeDisk": "20GiB"
            }
          },
          "validation": {
            "counts": "all",
            "checksums": "all",
            "referential": "all",
            "rules": [
              {
                "name": "order totals add up",
                "sql": "select count(*) from orders o where …",
                "expect": 0,
                "on": "shop_database"
              }
            ]
          },
          "benchmarks": {
            "api_response_time": {
              "measure": {
                "http": "shop_api",
                "path": "/orders",
                "statistic": "p95"
              },
              "baseline": "200ms",
              "acceptable": "250ms",
              "critical": "500ms"
            }
          },
          "rollback": {
            "mode": "automatic",
            "style": "gradual",
            "triggers": [
              "error_rate > 5%",
              "response_time > 500ms",
              "availability < 99.9%"
            ],
            "maxDuration": "15m"
          }
        }
        """;

    /// <summary>The least that a spec needs; what follows it is one more key of the whole.</summary>
    public const string Least = """
        id: least
        systems:
          db: { kind: database, source: 'sqlite:a.db', target: 'postgresql://u@h/d' }
          api: { kind: http, source: 'http://a', target: 'http://b' }

        """;

    /// <summary>Every mistake of a text; none where it reads.</summary>
    public static IReadOnlyList<SpecMistake> Mistakes(string text, string fileName = "spec.yaml")
    {
        try
        {
            new SpecReader().ReadText(text, fileName, "/specs");
            return [];
        }
        catch (SpecException exception)
        {
            return exception.Mistakes;
        }
    }

    public static MigrationSpec Read(string text, string fileName = "spec.yaml") => new SpecReader().ReadText(text, fileName, "/specs");

    /// <summary>A spec with one more top-level key.</summary>
    public static MigrationSpec ReadLeastWith(string more) => Read(Least + more);
}
