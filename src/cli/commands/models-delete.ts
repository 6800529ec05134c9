import type { Command } from 'commander'
import { parseModelVersion } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'

export const modelsDelete = (cli: Cli): Command =>
  cli
    .command({
      name: 'delete',
      description: 'Delete a version that is not active. Its number is never used again.',
      examples: ['algiers models delete v1'],
    })
    .argument('<version>', 'number of the version, e.g. v1', parseModelVersion)
    .action(
      cli.run(async (terminal, _options: object, version: number) =>
        cli.withApp(async (app) => {
          await app.versions.delete(version)
          terminal.result({ deleted_version: version }, () => [`Deleted v${version}.`])
        }),
      ),
    )
