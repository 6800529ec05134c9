import type { Command } from 'commander'
import type { Cli } from '../cli.ts'

export const backupsMake = (cli: Cli): Command =>
  cli
    .command({
      name: 'make',
      description: 'Copy the library now. This copy is kept until you delete it.',
      examples: ['algiers backups make'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const name = await app.upkeep.backups.make()
          terminal.result({ name }, () => [`Copied to ${name}.`])
        }),
      ),
    )
