import type { Command } from 'commander'
import { parseModelVersion } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

export const modelsExport = (cli: Cli): Command =>
  cli
    .command({
      name: 'export',
      description:
        'Write a version to a file that can be handed on: the model and its card, without music, paths, artists or labels. Nothing is written over.',
      examples: ['algiers models export v3', 'algiers models export v3 "For Ana.algiers-model"'],
    })
    .argument('<version>', 'number of the version, e.g. v3', parseModelVersion)
    .argument('[target]', 'file to write, or a folder that is there', '.')
    .action(
      cli.run(async (terminal, _options: object, version: number, target: string) =>
        cli.withApp(async (app) => {
          const saved = await app.versions.saveBundle(version, target)
          terminal.result({ version, ...saved }, () => [`v${version}: ${printable(saved.file)}`])
        }),
      ),
    )
