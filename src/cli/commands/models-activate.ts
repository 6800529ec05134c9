import type { Command } from 'commander'
import { parseModelVersion } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'

export const modelsActivate = (cli: Cli): Command =>
  cli
    .command({
      name: 'activate',
      description: 'Use a version from now on; also the way back to an older one.',
      examples: ['algiers models activate v2'],
    })
    .argument('<version>', 'number of the version, e.g. v2', parseModelVersion)
    .action(
      cli.run(async (terminal, _options: object, version: number) =>
        cli.withApp(async (app) => {
          const previous = await app.versions.activate(version)
          terminal.result({ active_version: version, previous_version: previous }, () => [
            previous === null ? `v${version} is active.` : `v${version} is active; before it was v${previous}.`,
          ])
        }),
      ),
    )
