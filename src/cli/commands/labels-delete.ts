import type { Command } from 'commander'
import { parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'

export const labelsDelete = (cli: Cli): Command =>
  cli
    .command({ name: 'delete', description: 'Delete a label.', examples: ['algiers labels delete 17'] })
    .argument('<id>', 'number of the label, as listed by `algiers labels list`', parsePositiveInteger)
    .action(
      cli.run(async (terminal, _options: object, id: number) =>
        cli.withApp(async (app) => {
          await app.labelling.delete(id)
          terminal.result({ deleted: id }, () => [`Deleted label ${id}.`])
        }),
      ),
    )
