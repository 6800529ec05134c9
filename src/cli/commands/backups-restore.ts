import type { Command } from 'commander'
import type { Cli } from '../cli.ts'

export const backupsRestore = (cli: Cli): Command =>
  cli
    .command({
      name: 'restore',
      description: 'Put a copy in the place of the library, also of a damaged one; what was there becomes a copy.',
      examples: ['algiers backups restore algiers-day-2026-11-23.db'],
    })
    .argument('<name>', 'of the copy, as `algiers backups list` has it')
    .action(
      cli.run(async (terminal, _options: object, name: string) =>
        cli.withTools(async (tools) => {
          const kept = await tools.backups.restore(name)
          terminal.result({ restored: name, kept }, () => [
            `The library is that of ${name}.`,
            ...(kept === null ? [] : [`What was there before is ${kept}: it can be restored too.`]),
          ])
        }),
      ),
    )
