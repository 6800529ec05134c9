import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { readBundle } from '../read-bundle.ts'

export const modelsImport = (cli: Cli): Command =>
  cli
    .command({
      name: 'import',
      description: 'Make a version of a file that somebody exported. It is not activated.',
      examples: ['algiers models import "From Ana.algiers-model"'],
    })
    .argument('<file>', 'a model bundle')
    .action(
      cli.run(async (terminal, _options: object, file: string) =>
        cli.withApp(async (app) => {
          const model = await app.versions.importBundle(readBundle(file))
          terminal.result({ model: snakeCase(model) }, () => [
            `Imported as v${model.version}${model.name === null ? '' : `: ${printable(model.name)}`}`,
            `Blend it with your own: algiers models blend v${model.version}`,
            `Use it: algiers models activate v${model.version}`,
          ])
        }),
      ),
    )
