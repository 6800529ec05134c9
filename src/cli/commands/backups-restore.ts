import type { Command } from 'commander'
import type { Cli } from '../cli.ts'

export const backupsRestore = (cli: Cli): Command =>
  cli
    .command({
      name: 'restore',
      description: 'Replace the library, even a damaged one, with a copy. The replaced library becomes a copy itself.',
      examples: ['algiers backups restore algiers-day-2026-11-23.db'],
    })
    .argument('<name>', 'name of the copy, as `algiers backups list` shows it')
    .action(
      cli.run(async (terminal, _options: object, name: string) =>
        cli.withTools(async (tools) => {
          const kept = await tools.backups.restore(name)
          terminal.result({ restored: name, kept }, () => [
            `Restored ${name}.`,
            ...(kept === null ? [] : [`The library as it was before is kept as ${kept}, which can be restored too.`]),
          ])
        }),
      ),
    )
