import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { formatTable } from '../table.ts'

export const labelsLenses = (cli: Cli): Command =>
  cli
    .command({
      name: 'lenses',
      description: 'List your lenses: vocabularies of your own, beside the seven kinds.',
      examples: ['algiers labels lenses'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const lenses = await app.labelling.lenses.list()
          terminal.result({ lenses: snakeCase(lenses) }, () =>
            lenses.length === 0
              ? ['No lenses yet. Make one with: algiers labels lens Club "second drop=drop"']
              : formatTable(
                  ['lens', 'kind', 'stands for', 'key', 'colour', 'labels'],
                  lenses.flatMap(({ name, kinds }) =>
                    kinds.length === 0
                      ? [[printable(name), null, null, null, null, null]]
                      : kinds.map((kind) => [
                          printable(name),
                          printable(kind.name),
                          kind.mapsTo,
                          kind.key,
                          kind.colour,
                          kind.labels,
                        ]),
                  ),
                ),
          )
        }),
      ),
    )
