import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

export const labelsMend = (cli: Cli): Command =>
  cli
    .command({
      name: 'mend',
      description: 'Do what a finding proposes.',
      examples: ['algiers labels mend WRONG_KIND-17'],
    })
    .argument('<finding>', 'as listed by `algiers labels check`')
    .action(
      cli.run(async (terminal, _options: object, finding: string) =>
        cli.withApp(async (app) => {
          const settled = await app.labelling.teaching.mend(finding)
          terminal.result(snakeCase(settled), () => [
            printable(`${settled.says}. Take it back with: algiers labels undo`),
          ])
        }),
      ),
    )
